/// Tests of grammars against real logs, and of tails against files that rotate.
@NullMarked
package barograph.logs;

import org.jspecify.annotations.NullMarked;
