/// What must be true before the next step, and who waved it through.
@NullMarked
package barograph.gates;

import org.jspecify.annotations.NullMarked;
