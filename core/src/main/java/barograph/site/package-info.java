/// Who and what is there.
@NullMarked
package barograph.site;

import org.jspecify.annotations.NullMarked;
