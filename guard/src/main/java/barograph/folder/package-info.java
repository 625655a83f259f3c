/// A change's folder and a site's file, read from disk.
@NullMarked
package barograph.folder;

import org.jspecify.annotations.NullMarked;
