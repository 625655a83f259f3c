/// What the guard is told, what it answers, and the promise that ends by itself.
@NullMarked
package barograph.lease;

import org.jspecify.annotations.NullMarked;
