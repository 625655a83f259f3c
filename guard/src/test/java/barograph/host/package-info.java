/// Tests of a host's files and commands, against this machine and a real sshd.
@NullMarked
package barograph.host;

import org.jspecify.annotations.NullMarked;
