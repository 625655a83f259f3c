/// Tests of replayed logins.
@NullMarked
package barograph.replay;

import org.jspecify.annotations.NullMarked;
