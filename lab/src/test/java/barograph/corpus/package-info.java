/// Tests of the corpus.
@NullMarked
package barograph.corpus;

import org.jspecify.annotations.NullMarked;
