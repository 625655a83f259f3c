/// Did this domain sign these bytes, and do they speak for whom the reader sees?
@NullMarked
package barograph.dkim;

import org.jspecify.annotations.NullMarked;
