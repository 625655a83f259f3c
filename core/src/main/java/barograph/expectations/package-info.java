/// What the change is supposed to alter, seen from outside.
@NullMarked
package barograph.expectations;

import org.jspecify.annotations.NullMarked;
