package barograph.probe;

import barograph.login.Step;
import barograph.probe.WebLine.Page;
import barograph.site.ProbeKind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// A login at an issuer of OpenID Connect as a person does it in a browser: the issuer's own form, a code, and tokens
/// for the code (RFC 6749 §4.1, with PKCE: RFC 7636).
final class OidcCodeProbe implements Protocol {
    static final ProbeKind KIND = Options.kind(
            "oidc-code",
            WebLine.PORT,
            List.of(Options.required(
                    "redirect-uri", "Where the client has people sent back to; the probe does not go there.")),
            OidcLine.OPTIONS);

    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random hard to foresee
    OidcCodeProbe(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        try (WebLine line = WebLine.open(attempt)) {
            OidcLine issuer = OidcLine.open(attempt, line, clock);
            URI back = back(attempt);
            line.endAt(back);
            String state = token();
            String nonce = token();
            String verifier = token();
            LoginForm form = form(
                    attempt,
                    line.get(URI.create(issuer.endpoint("authorization_endpoint") + "?"
                            + query(attempt, back, state, nonce, verifier))),
                    back);
            attempt.way().reach(Step.AUTHENTICATE);
            String code = code(attempt, form.submit(attempt, line), back, state);
            attempt.way().reach(Step.AUTHORIZE);
            return issuer.check(tokens(issuer, back, code, verifier, attempt.way()), Optional.of(nonce));
        }
    }

    private static URI back(Attempt attempt) throws Halt {
        try {
            return URI.create(attempt.required("redirect-uri"));
        } catch (IllegalArgumentException e) {
            throw attempt.misconfigured("its redirect-uri is no address");
        }
    }

    private String token() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String query(Attempt attempt, URI back, String state, String nonce, String verifier) {
        Map<String, String> fields = Map.of(
                "response_type",
                "code",
                "client_id",
                attempt.required("client-id"),
                "redirect_uri",
                back.toString(),
                "scope",
                OidcLine.scope(attempt),
                "state",
                state,
                "nonce",
                nonce,
                "code_challenge",
                challenge(verifier),
                "code_challenge_method",
                "S256");
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + WebLine.encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime offers SHA-256", e);
        }
    }

    /// An issuer that sends back at once has found something wrong with the client, not with the user.
    private static LoginForm form(Attempt attempt, Page page, URI back) throws Halt {
        if (page.uri().toString().startsWith(back.toString())) {
            throw attempt.way()
                    .failed(
                            "client_rejected",
                            "the issuer shows no form: " + fields(page.uri()).getOrDefault("error", ""));
        }
        return HttpFormProbe.form(attempt, page);
    }

    private static String code(Attempt attempt, Page page, URI back, String state) throws Halt {
        Way way = attempt.way();
        if (!page.uri().toString().startsWith(back.toString())) {
            throw refused(attempt, page);
        }
        Map<String, String> fields = fields(page.uri());
        if (!state.equals(fields.get("state"))) {
            throw way.failed("state_wrong", "the issuer did not send back the state that it was given");
        }
        String code = fields.get("code");
        if (code == null) {
            String said = fields.getOrDefault("error", "") + " " + fields.getOrDefault("error_description", "");
            throw "access_denied".equals(fields.get("error"))
                    ? way.rejected(AccountWords.reason(said).orElse("policy_denied"), said)
                    : way.failed("no_code", "the issuer sent back no code: " + said);
        }
        return code;
    }

    private static Halt refused(Attempt attempt, Page page) throws Halt {
        String words = LoginForm.complaint(page);
        Optional<String> account = AccountWords.reason(words);
        if (page.status() < 500
                && (account.isPresent() || LoginForm.in(attempt, page).isPresent())) {
            return attempt.way().rejected(account.orElse("rejected"), words);
        }
        return WebLine.refusal(attempt.way(), page)
                .orElseGet(() -> attempt.way()
                        .failed("challenged", "the issuer wants more than a password at " + WebLine.place(page.uri())));
    }

    /// The user is in by now: what is refused here is the client.
    private static OidcLine.Tokens tokens(OidcLine issuer, URI back, String code, String verifier, Way way)
            throws Halt {
        try {
            return issuer.ask(Map.of(
                    "grant_type",
                    "authorization_code",
                    "code",
                    code,
                    "redirect_uri",
                    back.toString(),
                    "code_verifier",
                    verifier));
        } catch (Halt halt) {
            throw halt.outcome() instanceof barograph.login.Outcome.Rejected
                    ? way.failed("code_refused", "the issuer gives no tokens for its own code: " + halt.said())
                    : halt;
        }
    }

    private static Map<String, String> fields(URI uri) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : String.valueOf(uri.getRawQuery()).split("&", -1)) {
            int sign = pair.indexOf('=');
            if (sign > 0) {
                fields.put(
                        pair.substring(0, sign), URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
