/// A form that a person fills in: its fields and limits, and everything wrong with it at once, with its place.
@NullMarked
package barograph.form;

import org.jspecify.annotations.NullMarked;
