/// Who must hear what, by when, and what a late emergency is answered.
@NullMarked
package barograph.notices;

import org.jspecify.annotations.NullMarked;
