/// Pages for people.
@NullMarked
package barograph.console;

import org.jspecify.annotations.NullMarked;
