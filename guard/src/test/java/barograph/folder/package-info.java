/// Tests of folders on disk, and of the published schemas.
@NullMarked
package barograph.folder;

import org.jspecify.annotations.NullMarked;
