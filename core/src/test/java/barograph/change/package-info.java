/// Tests of changes: digests, diffs and patches.
@NullMarked
package barograph.change;

import org.jspecify.annotations.NullMarked;
