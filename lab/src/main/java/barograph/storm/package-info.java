/// The real runner in a bad world: crashes, cuts, power failures and people, drawn from a seed; every promise checked.
@NullMarked
package barograph.storm;

import org.jspecify.annotations.NullMarked;
