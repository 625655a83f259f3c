/// What a reference to a secret stands for, fetched at the moment of use.
@NullMarked
package barograph.secrets;

import org.jspecify.annotations.NullMarked;
