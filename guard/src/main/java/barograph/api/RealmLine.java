package barograph.api;

import barograph.api.Door.Trouble;
import barograph.api.Door.Trouble.Sort;
import barograph.probe.Trust;
import barograph.secrets.Secrets;
import barograph.site.Api;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Requests to Keycloak's admin API, one after the other. Redirects are not followed: nobody else gets the token.
final class RealmLine implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long TOKEN_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MOST_WORDS = 400;

    private final Api api;
    private final Secrets secrets;
    private final Duration limit;
    private final HttpClient client;
    private @Nullable String token;
    private long tokenAt;

    /// @param limit how long one request may take
    RealmLine(Api api, Secrets secrets, Duration limit) throws Trouble {
        this.api = api;
        this.secrets = secrets;
        this.limit = limit;
        try {
            this.client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .sslContext(Trust.context(api.ca().map(secrets::reveal)))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new Trouble(Sort.FORBIDDEN, "the certificates of its api.ca cannot be used: " + e.getMessage());
        }
    }

    /// @param path below the realm, such as `/clients`; empty for the realm itself
    JsonNode get(String path) throws Trouble {
        return send("GET", path, Optional.empty());
    }

    JsonNode send(String method, String path, Optional<JsonNode> body) throws Trouble {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(api.at() + "/admin/realms/" + encoded(api.realm()) + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElse(BodyPublishers.noBody()));
        return answer(request, method + " " + (path.isEmpty() ? "the realm" : path));
    }

    /// Whether the realm answers those who want to log in.
    void health() throws Trouble {
        answer(
                HttpRequest.newBuilder(
                        URI.create(api.at() + "/realms/" + encoded(api.realm()) + "/.well-known/openid-configuration")),
                "the realm's own document");
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String token() throws Trouble {
        String known = token;
        if (known != null && System.nanoTime() - tokenAt < TOKEN_NANOS) {
            return known;
        }
        boolean service = api.user().startsWith("client:");
        String password = encoded(secrets.reveal(api.password()));
        String form = service
                ? "grant_type=client_credentials&client_id="
                        + encoded(api.user().substring("client:".length())) + "&client_secret=" + password
                : "grant_type=password&client_id=admin-cli&username=" + encoded(api.user()) + "&password=" + password;
        JsonNode answer = answer(
                HttpRequest.newBuilder(URI.create(
                                api.at() + "/realms/" + encoded(api.login()) + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)),
                "the login of " + api.user());
        String fresh = answer.path("access_token").asString("");
        token = fresh;
        tokenAt = System.nanoTime();
        return fresh;
    }

    private JsonNode answer(HttpRequest.Builder request, String what) throws Trouble {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.timeout(limit).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Trouble(
                    Sort.SILENT,
                    "Keycloak at " + api + " did not answer to " + what + ": "
                            + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble(Sort.SILENT, "the wait for Keycloak at " + api + " was interrupted");
        }
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return json(response.body(), what);
        }
        String words = "Keycloak at " + api + " answered " + status + " to " + what + said(response.body());
        if (status == 401 || status == 403) {
            token = null;
            throw new Trouble(Sort.FORBIDDEN, words + ". Is api.user right, and may it manage the realm?");
        }
        throw new Trouble(status >= 500 && status != 500 ? Sort.SILENT : Sort.REFUSED, words);
    }

    private JsonNode json(byte[] body, String what) throws Trouble {
        try {
            return body.length == 0 ? Json.object() : Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new Trouble(
                    Sort.SILENT, "what answered at " + api + " to " + what + " is not Keycloak: no JSON came");
        }
    }

    /// The server's own words: Keycloak's errors name fields and never values that are secret.
    private static String said(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(text.length(), MOST_WORDS));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
