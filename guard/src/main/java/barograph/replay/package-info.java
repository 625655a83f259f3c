/// Logins of real people, read from lists and captures to be tried again.
@NullMarked
package barograph.replay;

import org.jspecify.annotations.NullMarked;
