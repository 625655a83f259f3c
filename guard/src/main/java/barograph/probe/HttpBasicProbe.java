package barograph.probe;

import barograph.login.Step;
import barograph.probe.WebLine.Page;
import barograph.site.ProbeKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A login by HTTP's own password header (Basic, RFC 7617).
///
/// The page is first asked for without a password: where it opens then, an acceptance would say nothing.
final class HttpBasicProbe implements Protocol {
    static final ProbeKind KIND = Options.kind(
            "http-basic",
            WebLine.PORT,
            Stream.concat(
                            Stream.of(Options.optional("path", "A page behind the login; / when not said.")),
                            PageCheck.OPTIONS.stream())
                    .toList(),
            WebLine.OPTIONS);

    @Override
    public Answer login(Attempt attempt) throws Halt {
        try (WebLine line = WebLine.open(attempt)) {
            URI place = line.at(attempt.option("path").orElse("/"));
            line.greet();
            Page closed = line.get(place);
            if (PageCheck.hasStatus(attempt, closed)
                    && PageCheck.missing(attempt, line, closed).isEmpty()) {
                throw attempt.way()
                        .failed("no_login", WebLine.place(place) + " opens without a password, for everybody");
            }
            attempt.way().reach(Step.AUTHENTICATE);
            String pair = attempt.probe().user() + ":" + attempt.password();
            String token = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return judge(attempt, line, line.get(place, "Authorization", "Basic " + token));
        }
    }

    private static Answer judge(Attempt attempt, WebLine line, Page page) throws Halt {
        if (!PageCheck.hasStatus(attempt, page)) {
            Optional<Halt> refusal = WebLine.refusal(attempt.way(), page);
            throw refusal.isPresent()
                    ? refusal.get()
                    : attempt.way()
                            .failed("unexpected_page", "HTTP status " + page.status() + " is not the one expected");
        }
        List<String> missing = PageCheck.missing(attempt, line, page);
        String status = Integer.toString(page.status());
        return missing.isEmpty()
                ? new Answer(true, "accepted: HTTP status " + status, PageCheck.reply(page))
                : new Answer(false, "accepted without " + String.join(", ", missing), PageCheck.reply(page));
    }
}
