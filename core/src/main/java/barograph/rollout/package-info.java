/// The life of one change.
@NullMarked
package barograph.rollout;

import org.jspecify.annotations.NullMarked;
