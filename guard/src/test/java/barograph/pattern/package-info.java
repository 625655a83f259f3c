/// Patterns found directly, beside RE2 itself.
@NullMarked
package barograph.pattern;

import org.jspecify.annotations.NullMarked;
