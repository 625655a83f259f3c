/// The story in one command: a customer insists, the backup warns, the canary tells, and it is taken back.
@NullMarked
package barograph.demo;

import org.jspecify.annotations.NullMarked;
