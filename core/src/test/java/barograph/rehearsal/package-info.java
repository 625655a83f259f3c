/// Tests of what a rehearsal compares.
@NullMarked
package barograph.rehearsal;

import org.jspecify.annotations.NullMarked;
