/// How many logins a second the verdict keeps up with, and how much memory it takes; how long a large change takes.
@NullMarked
package barograph.speed;

import org.jspecify.annotations.NullMarked;
