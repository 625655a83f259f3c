/// What a login server's door and its backends look like from each host.
@NullMarked
package barograph.vantage;

import org.jspecify.annotations.NullMarked;
