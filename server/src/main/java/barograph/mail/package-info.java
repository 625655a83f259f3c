/// Letters go out, and answers come in.
@NullMarked
package barograph.mail;

import org.jspecify.annotations.NullMarked;
