/// Tests of the guard: its script under several shells, and the line to it here and over SSH.
@NullMarked
package barograph.guard;

import org.jspecify.annotations.NullMarked;
