/// Counting logins as they arrive, and missing those that do not.
@NullMarked
package barograph.watch;

import org.jspecify.annotations.NullMarked;
