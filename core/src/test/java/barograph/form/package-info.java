/// Tests of what people write: golden files of mistakes, places, limits and schemas.
@NullMarked
package barograph.form;

import org.jspecify.annotations.NullMarked;
