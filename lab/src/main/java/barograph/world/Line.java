package barograph.world;

import barograph.login.Login;

/// One line of a log, and the harm done by then.
///
/// @param caused how many logins have failed up to and with this line because of the change
public record Line(Login login, long caused) {}
