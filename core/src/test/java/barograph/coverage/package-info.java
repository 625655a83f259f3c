/// Tests of what probes stand for.
@NullMarked
package barograph.coverage;

import org.jspecify.annotations.NullMarked;
