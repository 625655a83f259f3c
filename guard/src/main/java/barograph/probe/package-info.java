/// Real logins by test accounts, one class per protocol, each telling its steps.
@NullMarked
package barograph.probe;

import org.jspecify.annotations.NullMarked;
