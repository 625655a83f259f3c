/// A number written down before, scored afterwards.
@NullMarked
package barograph.forecast;

import org.jspecify.annotations.NullMarked;
