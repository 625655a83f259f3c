/// Which logins of real people the probes stand for.
@NullMarked
package barograph.coverage;

import org.jspecify.annotations.NullMarked;
