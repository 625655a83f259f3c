/// Real logins, read from the logs of login servers as they are written.
@NullMarked
package barograph.logs;

import org.jspecify.annotations.NullMarked;
