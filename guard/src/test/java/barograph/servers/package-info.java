/// Real login servers, started in a folder of their own on loopback, for the tests of every module.
@NullMarked
package barograph.servers;

import org.jspecify.annotations.NullMarked;
