/// The record, told to a conference call.
@NullMarked
package barograph.dossier;

import org.jspecify.annotations.NullMarked;
