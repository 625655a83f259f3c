package barograph.probe;

import barograph.probe.WebLine.Page;
import barograph.site.ProbeKind.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the page after a login must be like, where the probe says so.
final class PageCheck {
    static final List<Option> OPTIONS = List.of(
            Options.optional(
                    "expect-status", "The HTTP status that a login ends with; any of 200 to 299 when not said."),
            Options.optional("expect-text", "Words that only a user who is in gets to see."),
            Options.optional("expect-url", "How the path of the page begins on which a login ends."),
            Options.optional("expect-cookie", "The name of a cookie that only a user who is in has."));

    private PageCheck() {}

    /// Whether the probe says anything that the login form itself could not fulfil.
    static boolean tellsApart(Attempt attempt) {
        return List.of("expect-text", "expect-url", "expect-cookie").stream()
                .anyMatch(option -> attempt.option(option).isPresent());
    }

    static boolean hasStatus(Attempt attempt, Page page) throws Halt {
        Optional<String> status = attempt.option("expect-status");
        if (status.isEmpty()) {
            return page.isGood();
        }
        if (!status.get().matches("[1-5][0-9]{2}")) {
            throw attempt.misconfigured("its expect-status '" + status.get() + "' is not an HTTP status");
        }
        return status.get().equals(Integer.toString(page.status()));
    }

    /// What such a page tells of the login that led to it.
    static Map<String, String> reply(Page page) {
        return Map.of(
                "status",
                Integer.toString(page.status()),
                "redirect",
                String.valueOf(page.uri().getPath()));
    }

    /// What the page lacks, in words.
    static List<String> missing(Attempt attempt, WebLine line, Page page) {
        List<String> missing = new ArrayList<>();
        attempt.option("expect-text")
                .filter(text -> !page.body().contains(text))
                .ifPresent(text -> missing.add("the text '" + text + "'"));
        attempt.option("expect-url")
                .filter(path -> !String.valueOf(page.uri().getPath()).startsWith(path))
                .ifPresent(path -> missing.add(
                        "the place " + path + " (but at " + page.uri().getPath() + ")"));
        attempt.option("expect-cookie")
                .filter(name -> !line.hasCookie(name))
                .ifPresent(name -> missing.add("the cookie " + name));
        return missing;
    }
}
