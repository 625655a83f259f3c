/// Servers that are configured over an API: their configuration as files, and the guard that the controller is for
/// them.
@NullMarked
package barograph.api;

import org.jspecify.annotations.NullMarked;
