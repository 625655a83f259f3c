/// The record on disk: how it is written so that it stays, and how it leaves the house so that others can check it.
@NullMarked
package barograph.store;

import org.jspecify.annotations.NullMarked;
