/// What is asked for, made whole.
@NullMarked
package barograph.change;

import org.jspecify.annotations.NullMarked;
