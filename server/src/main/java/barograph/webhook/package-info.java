/// Web addresses are told what desks are told by mail.
@NullMarked
package barograph.webhook;

import org.jspecify.annotations.NullMarked;
