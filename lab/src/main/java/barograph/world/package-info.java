/// A small world of people and login servers around one change, from a seed, that knows the truth about itself.
@NullMarked
package barograph.world;

import org.jspecify.annotations.NullMarked;
