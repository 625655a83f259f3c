package barograph.dkim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A list of `tag=value` (RFC 6376 §3.2). Tags that are unknown are kept and mean nothing.
final class Tags {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern FOLD = Pattern.compile("[ \\t\\r\\n]+");

    private final Map<String, String> values;

    private Tags(Map<String, String> values) {
        this.values = values;
    }

    /// Empty where it is no such list, or a tag stands twice: then the whole is void.
    static Optional<Tags> parse(String written) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] specs = written.split(";", -1);
        for (int i = 0; i < specs.length; i++) {
            if (i == specs.length - 1 && i > 0 && specs[i].isBlank()) {
                break;
            }
            int equals = specs[i].indexOf('=');
            String name = equals < 0 ? "" : specs[i].substring(0, equals).strip();
            if (!NAME.matcher(name).matches()
                    || values.put(name, specs[i].substring(equals + 1).strip()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Tags(values));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /// A value in which white space means nothing, such as base64 that was folded.
    Optional<String> packed(String name) {
        return get(name).map(value -> FOLD.matcher(value).replaceAll(""));
    }

    /// Which tag stands first.
    String first() {
        return values.keySet().iterator().next();
    }
}
