/// What a diff looks like to somebody who has seen such changes go wrong.
@NullMarked
package barograph.looks;

import org.jspecify.annotations.NullMarked;
