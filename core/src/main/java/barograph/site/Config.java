package barograph.site;

import java.util.List;

/// The files that make up a server's configuration: all that a snapshot keeps and a change may touch.
///
/// @param root absolute path of the folder
/// @param include shell patterns of paths below the root that belong to it; empty means all
/// @param exclude shell patterns of paths below the root that the server itself writes and nobody configures
public record Config(String root, List<String> include, List<String> exclude) {
    public Config {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
