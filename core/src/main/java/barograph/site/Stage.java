package barograph.site;

/// The wave in which a server gets a change: the backup rehearses, the canary goes first, named waves and the rest
/// follow.
///
/// @param name `backup`, `canary`, `rest` or a wave's name; waves go out in the order of their names, before the rest
public record Stage(String name) implements Comparable<Stage> {
    public static final Stage BACKUP = new Stage("backup");
    public static final Stage CANARY = new Stage("canary");
    public static final Stage REST = new Stage("rest");

    public Stage {
        Name.check("stage", name);
    }

    private int rank() {
        return switch (name) {
            case "backup" -> 0;
            case "canary" -> 1;
            case "rest" -> 3;
            default -> 2;
        };
    }

    @Override
    public int compareTo(Stage other) {
        return rank() != other.rank() ? Integer.compare(rank(), other.rank()) : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
