package barograph.site;

/// Where a server writes its logins down.
///
/// @param path absolute path of the log file on the server's host
/// @param grammar the name of the grammar that reads its lines
public record LogSource(String path, String grammar) {}
