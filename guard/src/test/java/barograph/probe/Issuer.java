package barograph.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A small issuer of OpenID Connect that speaks real HTTP: a form, codes that are good once and bound to their
/// challenge, refresh tokens.
///
/// Alice logs in with `alice-pw`; Lena is locked; for Wrong the token repeats another nonce. Its document names a host
/// that is not there.
final class Issuer implements AutoCloseable {
    static final String BACK = "https://app.example/back";
    static final String NAME = "https://login.example/realms/acme";

    private static final String FORM = """
            <form method="post" action="/realms/acme/enter?%s"><span class="error">%s</span>
              <input name="username"><input type="password" name="password"></form>
            """;

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> wrongPasswords = new CopyOnWriteArrayList<>();

    Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/realms/acme/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token"}
                """.formatted(NAME)));
        server.createContext("/realms/acme/auth", this::authorize);
        server.createContext("/realms/acme/enter", this::enter);
        server.createContext("/realms/acme/token", this::token);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Whose passwords were wrong, one entry for each time.
    List<String> wrongPasswords() {
        return wrongPasswords;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        boolean whole = asked.getOrDefault("redirect_uri", "").equals(BACK)
                && asked.getOrDefault("code_challenge_method", "").equals("S256");
        if (!whole) {
            answer(exchange, 400, "bad request");
        } else if (!asked.getOrDefault("client_id", "").equals("app")) {
            redirect(exchange, BACK + "?error=unauthorized_client");
        } else {
            answer(
                    exchange,
                    200,
                    FORM.formatted(exchange.getRequestURI().getRawQuery().replace("&", "&amp;"), ""));
        }
    }

    private void enter(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        Map<String, String> typed = fields(body(exchange));
        String user = typed.getOrDefault("username", "");
        String error = error(user, typed.getOrDefault("password", ""));
        if (!error.isEmpty()) {
            answer(exchange, 200, FORM.formatted("again=1", error));
            return;
        }
        if (user.equals("wrong")) {
            asked.put("nonce", "another");
        }
        String code = "code-" + count.incrementAndGet();
        codes.put(code, asked);
        redirect(
                exchange,
                BACK + "?state=" + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8) + "&code="
                        + code);
    }

    private String error(String user, String password) {
        if (!password.equals(user + "-pw")) {
            wrongPasswords.add(user);
            return "Invalid username or password.";
        }
        return user.equals("lena") ? "Account is temporarily disabled; contact your administrator." : "";
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(body(exchange));
        if (!asked.getOrDefault("client_secret", "").equals("app-secret")) {
            refuse(exchange, 401, "invalid_client", "Invalid client credentials");
            return;
        }
        switch (asked.getOrDefault("grant_type", "")) {
            case "password" -> {
                String error = error(asked.getOrDefault("username", ""), asked.getOrDefault("password", ""));
                if (error.isEmpty()) {
                    give(exchange, Map.of());
                } else {
                    refuse(exchange, 401, "invalid_grant", error);
                }
            }
            case "authorization_code" -> {
                Map<String, String> promised = codes.remove(asked.getOrDefault("code", ""));
                String challenge = challenge(asked.getOrDefault("code_verifier", ""));
                if (promised != null && challenge.equals(promised.get("code_challenge"))) {
                    give(exchange, promised);
                } else {
                    refuse(exchange, 400, "invalid_grant", "Code not valid");
                }
            }
            case "refresh_token" -> {
                if (asked.getOrDefault("refresh_token", "").equals("again-please")) {
                    give(exchange, Map.of());
                } else {
                    refuse(exchange, 400, "invalid_grant", "Token is not active");
                }
            }
            default -> refuse(exchange, 400, "unsupported_grant_type", "");
        }
    }

    private static void give(HttpExchange exchange, Map<String, String> promised) throws IOException {
        String claims = """
                {"iss":"%s","aud":["app"],"exp":%d,"nonce":"%s","department":"sales","groups":["staff","mail"]}
                """.formatted(NAME, Instant.now().getEpochSecond() + 60, promised.getOrDefault("nonce", ""));
        String id = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
        answer(
                exchange,
                200,
                "{\"access_token\":\"opaque\",\"refresh_token\":\"again-please\",\"id_token\":\"" + id + "\"}");
    }

    private static void refuse(HttpExchange exchange, int status, String error, String description) throws IOException {
        answer(exchange, status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return fields;
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
