/// Small honest login servers and the people who use them, speaking real protocols on loopback.
@NullMarked
package barograph.toy;

import org.jspecify.annotations.NullMarked;
