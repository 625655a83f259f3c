/// Other rules that say when a change is to be rolled back, as their documents give them, and ours beside them.
@NullMarked
package barograph.peers;

import org.jspecify.annotations.NullMarked;
