package barograph.probe;

import barograph.login.Step;
import barograph.probe.WebLine.Page;
import barograph.site.ProbeKind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A login by the form of a web page, as a person does it: get the page, fill in name and password, send it.
///
/// A page that shows the form again is a rejection. Forms that need a script, or ask for the name on one page and for
/// the password on the next, cannot be filled in.
final class HttpFormProbe implements Protocol {
    static final ProbeKind KIND = Options.kind(
            "http-form",
            WebLine.PORT,
            Stream.concat(
                            Stream.of(
                                    Options.optional("path", "The page with the login form; / when not said."),
                                    Options.optional(
                                            "user-field",
                                            "The form's field for the name; the one before the password when not said."),
                                    Options.optional(
                                            "password-field",
                                            "The form's field for the password; the first of that type when not said.")),
                            PageCheck.OPTIONS.stream())
                    .toList(),
            WebLine.OPTIONS);

    @Override
    public Answer login(Attempt attempt) throws Halt {
        try (WebLine line = WebLine.open(attempt)) {
            URI place = line.at(attempt.option("path").orElse("/"));
            line.greet();
            LoginForm form = form(attempt, line.get(place));
            attempt.way().reach(Step.AUTHENTICATE);
            return judge(attempt, line, form.submit(attempt, line));
        }
    }

    /// The form on a page that must have one.
    static LoginForm form(Attempt attempt, Page page) throws Halt {
        Optional<Halt> refusal = WebLine.refusal(attempt.way(), page);
        Optional<LoginForm> form = LoginForm.in(attempt, page);
        if (form.isPresent()) {
            return form.get();
        }
        throw refusal.isPresent() && refusal.get().outcome() instanceof barograph.login.Outcome.Failed
                ? refusal.get()
                : attempt.way()
                        .failed("no_login_form", "no form with a field for a password at " + WebLine.place(page.uri()));
    }

    private static Answer judge(Attempt attempt, WebLine line, Page page) throws Halt {
        Way way = attempt.way();
        List<String> missing = PageCheck.missing(attempt, line, page);
        boolean again = LoginForm.in(attempt, page).isPresent();
        boolean told = PageCheck.tellsApart(attempt) && missing.isEmpty();
        if (PageCheck.hasStatus(attempt, page) && (told || (missing.isEmpty() && !again))) {
            return new Answer(true, "accepted at " + WebLine.place(page.uri()), PageCheck.reply(page));
        }
        if (page.status() < 500 && again) {
            String words = LoginForm.complaint(page);
            throw way.rejected(AccountWords.reason(words).orElse("rejected"), words);
        }
        Optional<Halt> refusal = WebLine.refusal(way, page);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        throw way.failed(
                "unexpected_page",
                "neither the login form again nor a page with " + String.join(", ", missing) + ": "
                        + WebLine.place(page.uri()) + " with status " + page.status());
    }
}
