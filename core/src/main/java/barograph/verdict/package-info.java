/// Do the logins say that the change does harm?
@NullMarked
package barograph.verdict;

import org.jspecify.annotations.NullMarked;
