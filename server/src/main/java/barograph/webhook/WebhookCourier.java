package barograph.webhook;

import barograph.notices.Letter;
import barograph.notices.Recipient;
import barograph.runner.Courier;
import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.NoticeRules;
import barograph.site.Secret;
import barograph.site.Webhook;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/// Tells the webhooks of a site, each by one POST. No redirect is followed, no cookie kept, nothing sent twice.
///
/// A 2xx means that it was accepted, not that somebody has seen it. Safe for use by several threads.
public final class WebhookCourier implements Courier {
    /// So long for everything: an emergency mail must not wait for a webhook.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final URI PAGERDUTY = URI.create("https://events.pagerduty.com");
    private static final int GONE = 410;

    private final String site;
    private final List<Webhook> webhooks;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration limit;
    private final Doors doors;

    /// @param site its name
    public WebhookCourier(String site, NoticeRules rules, Secrets secrets, Clock clock) {
        this(site, rules, secrets, clock, LIMIT);
    }

    WebhookCourier(String site, NoticeRules rules, Secrets secrets, Clock clock, Duration limit) {
        this.site = site;
        this.webhooks = rules.webhooks();
        this.secrets = secrets;
        this.clock = clock;
        this.limit = limit;
        this.doors = new Doors(rules.inside());
    }

    /// Looks whether each webhook has what it needs; sends nothing.
    ///
    /// @return what is wrong, in words; empty when all is well
    public List<String> check() {
        List<String> wrong = new ArrayList<>();
        for (Webhook webhook : webhooks) {
            try {
                URI address = address(webhook, "");
                doors.resolve(address.getHost());
                if (webhook.style() == Webhook.Style.STANDARD) {
                    WebhookSignature.sign(key(webhook).orElse(""), "check", Instant.EPOCH, new byte[0]);
                }
            } catch (SecretTrouble | IllegalArgumentException | UnknownHostException e) {
                wrong.add("Webhook " + webhook.name() + ": " + words(e) + " " + webhook.to()
                        + " will not be told there.");
            }
        }
        return wrong;
    }

    @Override
    public Delivery deliver(Letter letter) {
        String name = letter.envelope().to().substring(Recipient.WEBHOOK.length());
        Optional<Webhook> webhook =
                webhooks.stream().filter(each -> each.name().equals(name)).findFirst();
        if (webhook.isEmpty()) {
            return new Delivery.Refused("site.yaml has no webhook '" + name + "' any more.");
        }
        try {
            return send(webhook.get(), new WebhookBody(site, letter), letter);
        } catch (SecretTrouble | IllegalArgumentException | IOException e) {
            return new Delivery.Refused(words(e));
        }
    }

    private Delivery send(Webhook webhook, WebhookBody body, Letter letter) throws IOException {
        Optional<String> key = key(webhook);
        HttpPost request = new HttpPost(address(webhook, body.pages() ? "/v2/enqueue" : "/v2/change/enqueue"));
        byte[] bytes = body.in(webhook.style(), key);
        request.setEntity(new ByteArrayEntity(
                bytes,
                webhook.style() == Webhook.Style.STANDARD
                        ? ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8)
                        : ContentType.APPLICATION_JSON));
        if (webhook.style() == Webhook.Style.STANDARD) {
            Instant now = clock.instant();
            request.setHeader("webhook-id", body.id());
            request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
            request.setHeader("webhook-signature", WebhookSignature.sign(key.orElse(""), body.id(), now, bytes));
        }
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> cancelLate(request, done));
        try (CloseableHttpClient client = client()) {
            int status = client.execute(request, response -> response.getCode());
            return answered(status, letter);
        } finally {
            done.countDown();
        }
    }

    /// A server that sends one byte now and then must not hold up the letters.
    private void cancelLate(HttpPost request, CountDownLatch done) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                request.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Delivery answered(int status, Letter letter) {
        if (status >= 200 && status < 300) {
            return new Delivery.Accepted(letter.links().messageId());
        }
        if (status == GONE) {
            return new Delivery.Refused("It wants nothing any more (HTTP 410). Take the webhook out of site.yaml.");
        }
        return new Delivery.Refused(
                status == 429 || status >= 500
                        ? "It does not take it yet (HTTP " + status + ")."
                        : "It refuses it (HTTP " + status + "). Look at the webhook's address and key.");
    }

    private CloseableHttpClient client() {
        Timeout timeout = Timeout.of(limit);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(doors)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .setUserAgent("Barograph")
                .build();
    }

    private Optional<String> key(Webhook webhook) {
        return webhook.key().map(secrets::reveal);
    }

    /// @param path at PagerDuty
    private URI address(Webhook webhook, String path) {
        Optional<Secret> written = webhook.url();
        if (webhook.style() == Webhook.Style.PAGERDUTY) {
            String at = written.map(secrets::reveal).map(String::strip).orElse(PAGERDUTY.toString());
            return web(at.replaceFirst("/+$", "") + path);
        }
        return web(secrets.reveal(written.orElseThrow(
                        () -> new IllegalArgumentException("webhook " + webhook.name() + " has no address.")))
                .strip());
    }

    private URI web(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw noWebAddress();
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getUserInfo() != null || !scheme.matches("https?")) {
            throw noWebAddress();
        }
        if (scheme.equals("http") && !doors.mayBeInside(uri.getHost())) {
            throw new IllegalArgumentException("its address begins with http://, so everybody on the way could read"
                    + " what it is told. Write https://; http:// is for hosts that notices: { inside: … } names.");
        }
        return uri;
    }

    /// Does not repeat the address, since it may be a secret.
    private static IllegalArgumentException noWebAddress() {
        return new IllegalArgumentException("its address is no web address such as https://hooks.example/told.");
    }

    /// The library's own words may hold the address.
    private static String words(Exception trouble) {
        return switch (trouble) {
            case Doors.Internal inside -> String.valueOf(inside.getMessage());
            case UnknownHostException _ -> "Its host is not known to the name servers.";
            case SSLException _ ->
                "The TLS connection failed: the certificate does not fit the address, is not trusted, or has expired.";
            case ConnectException _ -> "Nobody listens at its address.";
            case IOException _ -> "It gave no answer in time.";
            default -> String.valueOf(trouble.getMessage());
        };
    }
}
