package barograph.probe;

import barograph.probe.WebLine.Page;
import barograph.site.ProbeKind.Option;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An issuer of OpenID Connect: its document, its token endpoint, and what its tokens say.
///
/// Every endpoint is asked at the server under test, whatever host the document names: behind a load balancer another
/// one would answer. Tokens come straight from the token endpoint, so TLS vouches for them; their signature is not
/// checked (OpenID Connect Core 3.1.3.7, 6).
final class OidcLine {
    static final List<Option> OPTIONS = Stream.concat(
                    Stream.of(
                            Options.required("issuer", "The path of the issuer at the server, such as /realms/acme."),
                            Options.required("client-id", "The client in whose name the probe logs in."),
                            Options.secret("client-secret", "The secret of that client, if it has one."),
                            Options.optional("scope", "What is asked for; openid when not said."),
                            Options.optional("claim", "What the ID token must say: department=sales.")),
                    WebLine.OPTIONS.stream())
            .toList();

    private static final Set<String> OF_SESSION = Set.of(
            "iat", "exp", "nbf", "auth_time", "jti", "sid", "session_state", "nonce", "at_hash", "c_hash", "s_hash");
    private static final int MOST_CLAIMS = 40;
    private static final int LONGEST_CLAIM = 500;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ENDLESS_SLASHES = "/+$";

    private final Attempt attempt;
    private final WebLine line;
    private final InstantSource clock;
    private final JsonNode document;

    private OidcLine(Attempt attempt, WebLine line, InstantSource clock, JsonNode document) {
        this.attempt = attempt;
        this.line = line;
        this.clock = clock;
        this.document = document;
    }

    /// @param id the ID token, where there is one
    /// @param refresh the refresh token, where there is one
    record Tokens(Optional<String> id, Optional<String> refresh) {
        /// Never the tokens.
        @Override
        public String toString() {
            return "tokens";
        }
    }

    /// Reads the issuer's document: the step `greet`.
    static OidcLine open(Attempt attempt, WebLine line, InstantSource clock) throws Halt {
        line.greet();
        String path = attempt.required("issuer").replaceAll(ENDLESS_SLASHES, "");
        Page page = line.get(line.at(path + "/.well-known/openid-configuration"));
        Optional<Halt> refusal = WebLine.refusal(attempt.way(), page);
        if (refusal.isPresent()) {
            throw attempt.way().failed("no_issuer", refusal.get().said());
        }
        JsonNode document = json(page.body())
                .filter(found -> found.hasNonNull("issuer"))
                .orElseThrow(() -> attempt.way()
                        .failed(
                                "no_issuer",
                                "no issuer's document at " + page.uri().getPath()));
        return new OidcLine(attempt, line, clock, document);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static String scope(Attempt attempt) {
        return attempt.option("scope").orElse("openid");
    }

    URI endpoint(String name) throws Halt {
        String written = document.path(name).asString("");
        try {
            URI uri = URI.create(written);
            if (uri.getRawPath() != null && !uri.getRawPath().isEmpty()) {
                return line.at(uri.getRawPath());
            }
        } catch (IllegalArgumentException e) {
            // Told below, like one that is missing.
        }
        throw attempt.way().failed("no_issuer", "the issuer's document names no " + name);
    }

    Tokens byPassword() throws Halt {
        return ask(Map.of(
                "grant_type", "password",
                "scope", scope(attempt),
                "username", attempt.probe().user(),
                "password", attempt.password()));
    }

    Tokens ask(Map<String, String> grant) throws Halt {
        Map<String, String> form = new HashMap<>(grant);
        form.put("client_id", attempt.required("client-id"));
        attempt.option("client-secret").ifPresent(secret -> form.put("client_secret", secret));
        Page page = line.post(endpoint("token_endpoint"), form);
        Optional<JsonNode> answer = json(page.body());
        if (page.isGood() && answer.isPresent() && answer.get().hasNonNull("access_token")) {
            return new Tokens(text(answer.get(), "id_token"), text(answer.get(), "refresh_token"));
        }
        throw refused(page, answer.orElse(JSON.createObjectNode()));
    }

    /// RFC 6749 §5.2: only `invalid_grant` is about the user.
    private Halt refused(Page page, JsonNode answer) throws Halt {
        Way way = attempt.way();
        String error = answer.path("error").asString("");
        String said = (error + " " + answer.path("error_description").asString("")).strip();
        return switch (error) {
            case "invalid_grant" -> way.rejected(AccountWords.reason(said).orElse("bad_password"), said);
            case "access_denied" -> way.rejected(AccountWords.reason(said).orElse("policy_denied"), said);
            case "invalid_client", "unauthorized_client" -> way.failed("client_rejected", said);
            case "unsupported_grant_type" -> way.failed("method_not_allowed", said);
            case "invalid_scope", "invalid_request" -> way.failed(error, said);
            default ->
                WebLine.refusal(way, page)
                        .filter(halt -> halt.outcome() instanceof barograph.login.Outcome.Failed)
                        .orElseGet(() -> way.failed(
                                "protocol_broken",
                                "no tokens in the answer, with HTTP status " + page.status() + " " + said));
        };
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asString("")).filter(text -> !text.isEmpty());
    }

    /// Holds the ID token against what was asked for.
    ///
    /// @param nonce what it must repeat, where one was sent
    Answer check(Tokens tokens, Optional<String> nonce) throws Halt {
        Optional<JsonNode> claims = tokens.id().flatMap(OidcLine::claims);
        if (claims.isEmpty()) {
            boolean wanted = nonce.isPresent() || attempt.option("claim").isPresent();
            return wanted
                    ? new Answer(false, "accepted without an ID token", Map.of())
                    : new Answer(true, "accepted", Map.of());
        }
        List<String> wrong = wrong(claims.get(), nonce);
        if (!wrong.isEmpty()) {
            throw attempt.way()
                    .failed("token_wrong", "applications will refuse the ID token: " + String.join(", ", wrong));
        }
        return claimed(claims.get());
    }

    private static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return parts.length == 3
                    ? json(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<String> wrong(JsonNode claims, Optional<String> nonce) {
        List<String> wrong = new ArrayList<>();
        String issuer = document.path("issuer").asString("");
        if (!issuer.equals(claims.path("iss").asString(""))) {
            wrong.add("its issuer is not " + issuer);
        }
        if (!values(claims.path("aud")).contains(attempt.required("client-id"))) {
            wrong.add("it is not for this client");
        }
        if (claims.path("exp").asLong(0) <= clock.instant().getEpochSecond()) {
            wrong.add("it has expired already");
        }
        if (nonce.isPresent() && !nonce.get().equals(claims.path("nonce").asString(""))) {
            wrong.add("its nonce is not the one that was sent");
        }
        return wrong;
    }

    private static List<String> values(JsonNode claim) {
        return claim.isArray()
                ? claim.valueStream().map(each -> each.asString("")).toList()
                : List.of(claim.asString(""));
    }

    /// What a token says of a user, without what is another each time, or stands for the session.
    private static Map<String, String> told(JsonNode claims) {
        Map<String, String> told = new HashMap<>();
        claims.propertyStream()
                .filter(claim -> !OF_SESSION.contains(claim.getKey()))
                .limit(MOST_CLAIMS)
                .forEach(claim -> {
                    String value = String.join(", ", values(claim.getValue()));
                    if (!value.isEmpty() && value.length() <= LONGEST_CLAIM) {
                        told.put("claim:" + claim.getKey(), value);
                    }
                });
        return told;
    }

    private Answer claimed(JsonNode claims) throws Halt {
        Map<String, String> told = told(claims);
        Optional<String> wanted = attempt.option("claim");
        if (wanted.isEmpty()) {
            return new Answer(true, "accepted", told);
        }
        int sign = wanted.get().indexOf('=');
        if (sign < 1) {
            throw attempt.misconfigured("its claim '" + wanted.get() + "' is not of the form name=value");
        }
        String name = wanted.get().substring(0, sign).strip();
        List<String> there = values(claims.path(name));
        if (!there.contains(wanted.get().substring(sign + 1).strip())) {
            return new Answer(false, "accepted without " + wanted.get() + " (but with " + there + ")", told);
        }
        told.put(name, String.join(", ", there));
        return new Answer(true, "accepted with " + wanted.get(), told);
    }
}
