/// Would the judge have seen it?
@NullMarked
package barograph.hindcast;

import org.jspecify.annotations.NullMarked;
