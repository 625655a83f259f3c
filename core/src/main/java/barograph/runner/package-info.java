/// The loop that keeps a change moving, and its seams to the world.
@NullMarked
package barograph.runner;

import org.jspecify.annotations.NullMarked;
