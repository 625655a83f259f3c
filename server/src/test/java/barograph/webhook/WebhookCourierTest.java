package barograph.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.notices.Letter;
import barograph.record.Draft;
import barograph.runner.Courier.Delivery;
import barograph.secrets.Secrets;
import barograph.site.NoticeRules;
import barograph.site.PartyId;
import barograph.site.Secret;
import barograph.site.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WebhookCourierTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String KEY = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    private record Got(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            got.add(new Got(
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private WebhookCourier courier(Webhook.Style style, String url, String... inside) {
        return courier(style, url, Duration.ofSeconds(20), inside);
    }

    private WebhookCourier courier(Webhook.Style style, String url, Duration limit, String... inside) {
        Webhook webhook = new Webhook(
                "desk",
                new PartyId("acme"),
                style,
                Optional.of(new Secret.Env("URL")),
                Optional.of(new Secret.Env("KEY")));
        NoticeRules rules = new NoticeRules(
                "changes@ops.example",
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(15),
                List.of(),
                List.of(webhook),
                List.of(inside));
        Secrets secrets = new Secrets(folder, Map.of("URL", url, "KEY", KEY), Duration.ofSeconds(5));
        return new WebhookCourier("northwind", rules, secrets, Clock.fixed(NOW, ZoneOffset.UTC), limit);
    }

    private String url(int port) {
        return "http://127.0.0.1:" + port + "/told?token=s3cret";
    }

    private String url() {
        return url(server.getAddress().getPort());
    }

    private static Letter letter(String notice) {
        return new Letter(
                new Letter.Envelope("changes@ops.example", "Ops", "webhook:desk", "changes+x@ops.example", ""),
                new Letter.Links("<session-timeout.abc@ops.example>", List.of()),
                "[session-timeout] Rolled back: 3 logins <failed>",
                Map.of("X-Barograph-Change", "session-timeout", "X-Barograph-Notice", notice),
                "All is as before.\n\n-- \nThis letter is about change session-timeout.\n",
                List.of(new Draft.Attachment(
                        "checkpoint.txt", "text/plain", "northwind\n7\n".getBytes(StandardCharsets.UTF_8))),
                NOW);
    }

    @Test
    void a_signed_cloud_event_tells_of_it() {
        Delivery delivery = courier(Webhook.Style.STANDARD, url(), "127.0.0.1").deliver(letter("rolled-back"));

        assertThat(delivery).isEqualTo(new Delivery.Accepted("<session-timeout.abc@ops.example>"));
        Got request = got.getFirst();
        assertThat(WebhookSignature.verify(
                        KEY,
                        request.header("Webhook-id"),
                        request.header("Webhook-timestamp"),
                        request.header("Webhook-signature"),
                        request.body().getBytes(StandardCharsets.UTF_8),
                        NOW))
                .isTrue();
        assertThat(request.header("Content-type")).startsWith("application/cloudevents+json");
        JsonNode event = request.json();
        assertThat(event.get("id").stringValue())
                .isEqualTo(request.header("Webhook-id"))
                .isEqualTo("session-timeout.abc@ops.example");
        assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
        assertThat(event.get("type").stringValue()).isEqualTo("barograph.notice.rolled-back");
        assertThat(event.get("source").stringValue()).isEqualTo("urn:barograph:site:northwind");
        assertThat(event.get("subject").stringValue()).isEqualTo("session-timeout");
        assertThat(event.get("data").get("text").stringValue()).isEqualTo("All is as before.");
        assertThat(event.get("data").get("checkpoint").stringValue()).startsWith("northwind");
    }

    @Test
    void slack_teams_and_pagerduty_get_what_they_understand() {
        courier(Webhook.Style.SLACK, url(), "127.0.0.1").deliver(letter("rolled-back"));
        courier(Webhook.Style.TEAMS, url(), "127.0.0.1").deliver(letter("rolled-back"));
        for (String notice : List.of("person-needed-radius-1", "rolled-back", "applied-canary")) {
            courier(
                            Webhook.Style.PAGERDUTY,
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                            "127.0.0.1")
                    .deliver(letter(notice));
        }

        JsonNode slack = got.get(0).json();
        assertThat(slack.get("text").stringValue()).startsWith("[session-timeout] Rolled back");
        assertThat(slack.get("blocks").get(0).get("text").get("text").stringValue())
                .isEqualTo("*[session-timeout] Rolled back: 3 logins &lt;failed&gt;*");
        JsonNode card = got.get(1).json().get("attachments").get(0);
        assertThat(card.get("contentType").stringValue()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.get("content").get("body").get(1).get("text").stringValue())
                .isEqualTo("All is as before.");
        assertThat(got).extracting(Got::path).endsWith("/v2/enqueue", "/v2/enqueue", "/v2/change/enqueue");
        assertThat(got.get(2).json().get("event_action").stringValue()).isEqualTo("trigger");
        assertThat(got.get(3).json().get("event_action").stringValue()).isEqualTo("resolve");
        assertThat(got.get(3).json().get("dedup_key"))
                .isEqualTo(got.get(2).json().get("dedup_key"));
        assertThat(got.get(4).json().has("event_action")).isFalse();
    }

    @Test
    void what_is_inside_is_not_asked_unless_the_site_names_it() {
        String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/told?token=s3cret";
        WebhookCourier courier = courier(Webhook.Style.STANDARD, url);

        assertThat(courier.deliver(letter("rolled-back")))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.because())
                                .contains("127.0.0.1 has an internal address")
                                .doesNotContain("s3cret"));
        assertThat(courier.check()).singleElement().asString().contains("Webhook desk", "acme will not be told there");
        assertThat(got).isEmpty();
    }

    @Test
    void nothing_is_sent_for_everybody_to_read() {
        assertThat(courier(Webhook.Style.STANDARD, "http://hooks.example/told?token=s3cret")
                        .deliver(letter("rolled-back")))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.because())
                                .contains("http://")
                                .doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "410, wants nothing any more",
        "429, does not take it yet",
        "503, does not take it yet",
        "302, refuses it",
        "404, refuses it"
    })
    void what_it_answers_is_told_and_no_redirect_is_followed(int code, String words) {
        status = code;

        Delivery delivery = courier(Webhook.Style.STANDARD, url(), "127.0.0.1").deliver(letter("rolled-back"));

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.because()).contains(words, "HTTP " + code));
        assertThat(got).hasSize(1);
    }

    @Test
    void nobody_who_listens_is_told_in_words() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(courier(Webhook.Style.STANDARD, url(port), "127.0.0.1").deliver(letter("rolled-back")))
                .isEqualTo(new Delivery.Refused("Nobody listens at its address."));
    }

    @Test
    void a_server_that_drips_is_not_waited_for() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread drip = Thread.ofVirtual().start(() -> {
                try (Socket line = slow.accept()) {
                    line.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        line.getOutputStream().write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
                        line.getOutputStream().flush();
                        LockSupport.parkNanos(50_000_000);
                    }
                } catch (IOException e) {
                    // it has hung up, as it should
                }
            });
            WebhookCourier courier =
                    courier(Webhook.Style.STANDARD, url(slow.getLocalPort()), Duration.ofMillis(500), "127.0.0.1");

            assertThat(courier.deliver(letter("rolled-back"))).isInstanceOf(Delivery.Refused.class);
            assertThat(drip.join(Duration.ofSeconds(30))).isTrue();
        }
    }
}
