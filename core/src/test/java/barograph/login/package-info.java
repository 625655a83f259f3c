/// One attempt, and what came of it.
@NullMarked
package barograph.login;

import org.jspecify.annotations.NullMarked;
