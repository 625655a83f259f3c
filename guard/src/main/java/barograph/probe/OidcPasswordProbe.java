package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A login at an issuer of OpenID Connect with the password alone (RFC 6749 §4.3), and, where that is what is probed,
/// with the refresh token that it gives (§6).
final class OidcPasswordProbe implements Protocol {
    static final ProbeKind PASSWORD = Options.kind("oidc-password", WebLine.PORT, List.of(), OidcLine.OPTIONS);
    static final ProbeKind REFRESH = Options.kind("oidc-refresh", WebLine.PORT, List.of(), OidcLine.OPTIONS);

    private final InstantSource clock;
    private final boolean refresh;

    OidcPasswordProbe(InstantSource clock, boolean refresh) {
        this.clock = clock;
        this.refresh = refresh;
    }

    @Override
    public Answer login(Attempt attempt) throws Halt {
        try (WebLine line = WebLine.open(attempt)) {
            OidcLine issuer = OidcLine.open(attempt, line, clock);
            attempt.way().reach(Step.AUTHENTICATE);
            OidcLine.Tokens tokens = issuer.byPassword();
            return issuer.check(refresh ? refreshed(attempt, issuer, tokens) : tokens, Optional.empty());
        }
    }

    private static OidcLine.Tokens refreshed(Attempt attempt, OidcLine issuer, OidcLine.Tokens tokens) throws Halt {
        attempt.way().reach(Step.AUTHORIZE);
        if (tokens.refresh().isEmpty()) {
            throw attempt.way().failed("no_refresh_token", "the password is right, but gave no refresh token");
        }
        return issuer.ask(Map.of(
                "grant_type", "refresh_token", "refresh_token", tokens.refresh().get()));
    }
}
