/// The same logins against the old configuration and the new.
@NullMarked
package barograph.rehearsal;

import org.jspecify.annotations.NullMarked;
