/// The commands, one file each.
@NullMarked
package barograph.cli;

import org.jspecify.annotations.NullMarked;
