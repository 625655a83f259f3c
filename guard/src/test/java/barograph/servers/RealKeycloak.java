package barograph.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keycloak as Maven Central has it, over HTTPS on loopback, with a database of its own in a file. One for all tests of
/// a
/// JVM, since it takes half a minute and more to start; each test has realms of its own there.
public final class RealKeycloak {
    public static final String ADMIN = "admin";
    public static final String ADMIN_PASSWORD = "admin-pw";

    private static final Path DISTRIBUTION = Path.of("target/keycloak").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration START = Duration.ofMinutes(5);
    private static @Nullable RealKeycloak shared;

    private final int port = DebianServer.freeTcpPort();
    private final Path log;
    private final Path authority;
    private final Process process;
    private final HttpClient client;

    private RealKeycloak(Path home) {
        log = home.resolve("data/log/keycloak.log");
        clear(home.resolve("data"));
        clear(DISTRIBUTION.resolve("certificates"));
        Certificates certificates = Certificates.in(DISTRIBUTION.resolve("certificates"));
        authority = certificates.authority();
        client = client(authority);
        process = start(home, certificates.valid());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop Keycloak"));
        Await.until("Keycloak answers", START, this::answers, () -> DebianServer.read(log) + out(home));
    }

    /// The one of this JVM; started when it is first wanted.
    public static synchronized RealKeycloak shared() {
        if (shared == null) {
            shared = new RealKeycloak(home());
        }
        return shared;
    }

    /// Skips the test where there is none; fails it where every server is promised to be there.
    private static Path home() {
        if (Files.isDirectory(DISTRIBUTION)) {
            try (Stream<Path> folders = Files.list(DISTRIBUTION)) {
                Optional<Path> home = folders.filter(each -> Files.exists(each.resolve("bin/kc.sh")))
                        .findFirst();
                if (home.isPresent()) {
                    return home.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String reason = "there is no Keycloak in " + DISTRIBUTION + ", so that nothing was tested here: mvn -Pkeycloak";
        if ("1".equals(System.getenv("BAROGRAPH_ALL_SERVERS"))) {
            throw new AssertionError(reason);
        }
        System.err.println("SKIPPED: " + reason);
        Assumptions.abort(reason);
        throw new AssertionError("unreachable");
    }

    private Process start(Path home, Certificates.Pair pair) {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + DebianServer.freeTcpPort(),
                "--https-port=" + port,
                "--https-certificate-file=" + pair.certificate(),
                "--https-certificate-key-file=" + pair.key(),
                "--log=console,file",
                "--log-file=" + log,
                "--spi-events-listener--jboss-logging--success-level=info");
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_APPEND", "-Xmx400m -XX:TieredStopAtLevel=1");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
        environment.remove("JAVA_TOOL_OPTIONS");
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(home.resolve("out.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String out(Path home) {
        return DebianServer.read(home.resolve("out.log"));
    }

    private void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void clear(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static HttpClient client(Path authority) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(authority)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(context)
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("Keycloak has ended\n" + DebianServer.read(log));
        }
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create(address() + "/realms/master"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public String address() {
        return "https://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// What clients must trust.
    public Path authority() {
        return authority;
    }

    public Path log() {
        return log;
    }

    /// A realm with a client `portal` and the users alice and lena (who is disabled); the password is the name and
    /// `-pw`.
    public void realm(String name) {
        admin("POST", "", """
                { "realm": "%s", "enabled": true, "displayName": "Acme",
                  "clients": [ { "clientId": "portal", "secret": "portal-secret", "redirectUris": [ "https://portal.example/cb" ],
                      "directAccessGrantsEnabled": true, "description": "The portal",
                      "protocolMappers": [ { "name": "dept", "protocol": "openid-connect",
                          "protocolMapper": "oidc-hardcoded-claim-mapper",
                          "config": { "claim.name": "department", "claim.value": "sales", "id.token.claim": "true",
                              "access.token.claim": "true", "jsonType.label": "String" } } ] },
                    { "clientId": "https://sp.example/app", "publicClient": true } ],
                  "defaultSignatureAlgorithm": "ES256",
                  "components": { "org.keycloak.keys.KeyProvider": [
                    { "name": "ecdsa-generated", "providerId": "ecdsa-generated" },
                    { "name": "hmac-generated", "providerId": "hmac-generated", "config": { "algorithm": [ "HS512" ] } },
                    { "name": "aes-generated", "providerId": "aes-generated" } ] },
                  "identityProviders": [ { "alias": "partner", "providerId": "oidc", "enabled": true, "config": {
                      "clientId": "acme", "clientSecret": "partner-secret", "authorizationUrl": "https://partner.example/a",
                      "tokenUrl": "https://partner.example/t" } } ],
                  "identityProviderMappers": [ { "name": "tier", "identityProviderAlias": "partner",
                      "identityProviderMapper": "hardcoded-attribute-idp-mapper",
                      "config": { "attribute": "tier", "attribute.value": "gold", "syncMode": "INHERIT" } } ],
                  "users": [
                    { "username": "alice", "enabled": true, "email": "alice@acme.example", "emailVerified": true,
                      "firstName": "Alice", "lastName": "A", "credentials": [ { "type": "password", "value": "alice-pw" } ] },
                    { "username": "lena", "enabled": false, "email": "lena@acme.example", "emailVerified": true,
                      "firstName": "Lena", "lastName": "L", "credentials": [ { "type": "password", "value": "lena-pw" } ] } ] }
                """.formatted(name));
    }

    /// Another administrator's request to the admin API.
    ///
    /// @param path below `/admin/realms`
    public JsonNode admin(String method, String path, String body) {
        String token = ask(HttpRequest.newBuilder(
                                URI.create(address() + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username=" + ADMIN
                                + "&password=" + URLEncoder.encode(ADMIN_PASSWORD, StandardCharsets.UTF_8))))
                .path("access_token")
                .asString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + "/admin/realms" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        return ask(request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    /// The client of a realm, as the admin API tells it.
    public JsonNode clientOf(String realm, String clientId) {
        for (JsonNode each : admin("GET", "/" + realm + "/clients", "")) {
            if (each.path("clientId").asString().equals(clientId)) {
                return each;
            }
        }
        throw new AssertionError("no client " + clientId);
    }

    private JsonNode ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(response.request().method() + " " + response.uri() + " answered "
                        + response.statusCode() + ": " + response.body());
            }
            return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// The endings of lines that Keycloak has logged, of logins in one realm.
    public List<String> events(String realm) {
        return DebianServer.read(log)
                .lines()
                .filter(line -> line.contains("[org.keycloak.events]") && line.contains("realmName=\"" + realm + "\""))
                .toList();
    }
}
