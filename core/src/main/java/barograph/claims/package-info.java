/// Who says that who asked for what, and does that party say so too?
@NullMarked
package barograph.claims;

import org.jspecify.annotations.NullMarked;
