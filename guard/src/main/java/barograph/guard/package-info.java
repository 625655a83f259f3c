/// The line to the guards: orders go to each server's host, and its receipts come back.
@NullMarked
package barograph.guard;

import org.jspecify.annotations.NullMarked;
