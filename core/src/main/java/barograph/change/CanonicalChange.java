package barograph.change;

import barograph.change.Edit.Put;
import barograph.claims.Claim;
import barograph.expectations.Expectation;
import barograph.record.Digest;
import barograph.site.ServerId;
import barograph.site.WatchRules;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The one way to write a change down, so that everybody computes the same digest from the same change.
///
/// It is a JSON object in canonical form (RFC 8785) of everything that decides what happens to a server, who is asked
/// and when it is undone: the request with all that the site filled in, and each new file's path, mode and SHA-256.
/// All numbers are written as text; spans of time as ISO 8601 (`PT2M`). Files, removals, replies and servers are in
/// the order of their names; claims and expectations as they were written. The digest is the SHA-256 of its UTF-8.
public final class CanonicalChange {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CanonicalChange() {}

    static Digest digest(ChangeRequest request, Edit edit) {
        return Digest.of(text(request, edit));
    }

    /// The canonical form: one line of JSON.
    public static String text(ChangeRequest request, Edit edit) {
        SortedMap<String, Object> whole = new TreeMap<>();
        whole.put("format", "barograph-change/1");
        whole.put("change", request.id().value());
        whole.put("title", request.title());
        whole.put("requested-by", request.requestedBy().toString());
        whole.put("because", request.because());
        whole.put(
                "claims", request.claims().stream().map(CanonicalChange::claim).toList());
        whole.put(
                "servers",
                request.servers().stream().map(ServerId::value).sorted().toList());
        whole.put("edit", edit(edit));
        whole.put(
                "expect",
                request.expectations().stream()
                        .map(CanonicalChange::expectation)
                        .toList());
        request.confirm()
                .ifPresent(confirm -> whole.put(
                        "confirm",
                        members(
                                "by",
                                confirm.by().value(),
                                "within",
                                confirm.within().toString())));
        whole.put("lease", request.lease().toString());
        whole.put("watch", watch(request.watch()));
        return JSON.writeValueAsString(whole);
    }

    private static SortedMap<String, Object> claim(Claim claim) {
        return members("party", claim.about().value(), "says", claim.says(), "demand", word(claim.demand()));
    }

    private static SortedMap<String, Object> expectation(Expectation expectation) {
        SortedMap<String, Object> members =
                members("probe", expectation.probe().value(), "reply", new TreeMap<>(expectation.reply()));
        expectation.outcome().ifPresent(outcome -> members.put("outcome", word(outcome)));
        return members;
    }

    private static SortedMap<String, Object> edit(Edit edit) {
        return switch (edit) {
            case Edit.Overlay(List<Put> puts, List<String> removals) ->
                members(
                        "files",
                        puts.stream()
                                .sorted(Comparator.comparing(Put::path))
                                .map(put -> members(
                                        "path",
                                        put.path(),
                                        "mode",
                                        "%04o".formatted(put.mode()),
                                        "sha256",
                                        Digest.of(put.content()).hex()))
                                .toList(),
                        "remove",
                        removals.stream().sorted().toList());
            case Edit.Patch(String text) -> members("patch", Digest.of(text).hex());
        };
    }

    private static SortedMap<String, Object> watch(WatchRules watch) {
        SortedMap<String, Object> members = new TreeMap<>();
        members.put("bake", watch.bake().toString());
        members.put("at-most", watch.atMost().toString());
        members.put("settle", watch.settle().toString());
        members.put("unit", watch.unit().toString());
        members.put("learn", watch.learn().toString());
        members.put("false-rollback", Double.toString(watch.falseRollback()));
        members.put("harmless-below", Double.toString(watch.harmlessBelow()));
        members.put("quiet", watch.quiet().toString());
        members.put("undecided", word(watch.undecided()));
        members.put("blind", word(watch.blind()));
        members.put("probe-every", watch.probeEvery().toString());
        return members;
    }

    /// A constant as YAML writes it: `ROLL_BACK` is `roll-back`.
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static SortedMap<String, Object> members(Object... namesAndValues) {
        SortedMap<String, Object> members = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }
}
