package barograph.dkim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The mails of the tests, with the keys of the day they came.
final class Mails {
    static final Path CASES = Path.of("src/test/resources/mails/cases");

    private static final JsonMapper JSON = new JsonMapper();

    private Mails() {}

    /// @param expect the grade in the words of the mails' own page
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Case(String name, String expect, Instant receivedAt, byte[] raw) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return read(CASES.resolve("expected.json")).get("mails").properties().stream()
                .map(each -> new Case(
                        each.getKey(),
                        each.getValue().get("expect").stringValue(),
                        Instant.parse(each.getValue().get("receivedAt").stringValue()),
                        bytes(CASES.resolve(each.getKey()))))
                .toList();
    }

    static Case named(String start) {
        return cases().stream()
                .filter(each -> each.name().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    static Keys keys() {
        return keys(CASES.resolve("keys.json"));
    }

    static Keys keys(Path file) {
        Map<String, String> texts = read(file).properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().stringValue()));
        return name -> texts.containsKey(name) ? new Keys.Found.Text(texts.get(name)) : new Keys.Found.Nothing();
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }
}
