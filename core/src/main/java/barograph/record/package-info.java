/// What was written stays written, and anyone can check it.
@NullMarked
package barograph.record;

import org.jspecify.annotations.NullMarked;
