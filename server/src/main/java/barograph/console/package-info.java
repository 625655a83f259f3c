/// The pages that people read.
@NullMarked
package barograph.console;

import org.jspecify.annotations.NullMarked;
