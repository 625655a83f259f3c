/// Patterns of RE2 found in lines of logs, directly where they are simple.
@NullMarked
package barograph.pattern;

import org.jspecify.annotations.NullMarked;
