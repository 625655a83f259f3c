/// Tests of the kinds that are built in, with real servers.
@NullMarked
package barograph.kinds;

import org.jspecify.annotations.NullMarked;
