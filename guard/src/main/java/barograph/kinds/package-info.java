/// What each kind of server needs, as data.
@NullMarked
package barograph.kinds;

import org.jspecify.annotations.NullMarked;
