/// Tests of the forecast.
@NullMarked
package barograph.forecast;

import org.jspecify.annotations.NullMarked;
