/// The whole product over a network that is hurt: controller, hosts and mail in namespaces of their own.
@NullMarked
package barograph.network;

import org.jspecify.annotations.NullMarked;
