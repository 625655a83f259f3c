/// A host's files and commands, here or over SSH.
@NullMarked
package barograph.host;

import org.jspecify.annotations.NullMarked;
