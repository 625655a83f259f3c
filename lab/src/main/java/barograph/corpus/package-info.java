/// Mistakes that people really made on login servers, played on real servers: who saw them, and how soon?
@NullMarked
package barograph.corpus;

import org.jspecify.annotations.NullMarked;
