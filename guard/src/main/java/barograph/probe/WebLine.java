package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind.Option;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A visit to a web server by one browser: cookies are kept, redirects are followed, and nothing is sent twice.
///
/// The steps `resolve`, `connect` and `tls` are taken once by themselves, so that each has its own time and its own
/// words; the pages come over connections of their own after that.
final class WebLine implements AutoCloseable {
    /// What every protocol over HTTP can be told.
    static final List<Option> OPTIONS = List.of(
            Options.optional("tls", "How the line is secured: https (also when not said), or none."), Options.CA);

    static final int PORT = 443;

    private static final int MOST_REDIRECTS = 15;
    private static final long LONGEST_PAGE = 2 << 20;

    private final Attempt attempt;
    private final Tls tls;
    private final URI base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private @Nullable URI end;

    private WebLine(Attempt attempt, Tls tls, URI base, Optional<InetAddress> from) {
        this.attempt = attempt;
        this.tls = tls;
        this.base = base;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .cookieHandler(cookies)
                .sslContext(tls.context());
        from.ifPresent(builder::localAddress);
        this.client = builder.build();
    }

    /// Where a request ended, after its redirects.
    record Page(URI uri, int status, String body) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    static WebLine open(Attempt attempt) throws Halt {
        String word = attempt.option("tls").orElse("https");
        if (!List.of("https", "none").contains(word)) {
            throw attempt.misconfigured("its tls '" + word + "' is none of: https, none");
        }
        boolean secured = word.equals("https");
        String host = attempt.server().host();
        URI base = URI.create((secured ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + attempt.port());
        Tls tls = new Tls(attempt);
        try (Socket socket = Network.connect(attempt, Network.resolve(attempt))) {
            if (secured) {
                tls.secure(socket).close();
            }
        } catch (IOException e) {
            throw Network.broken(attempt.way(), e, "connecting");
        }
        return new WebLine(attempt, tls, base, Network.from(attempt));
    }

    /// A place at the server under test.
    URI at(String path) throws Halt {
        try {
            return base.resolve(path.startsWith("/") ? path : "/" + path);
        } catch (IllegalArgumentException e) {
            throw attempt.misconfigured("'" + path + "' is not a path");
        }
    }

    /// A redirect to here is not followed: it is the end of the way.
    void endAt(URI place) {
        this.end = place;
    }

    /// @param headers names and values in turn
    Page get(URI uri, String... headers) throws Halt {
        return ask(uri, "GET", BodyPublishers.noBody(), headers);
    }

    Page post(URI uri, Map<String, String> form, String... headers) throws Halt {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return ask(uri, "POST", BodyPublishers.ofString(body), headers);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    boolean hasCookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .anyMatch(name::equals);
    }

    private Page ask(URI first, String firstMethod, BodyPublisher firstBody, String... headers) throws Halt {
        URI uri = first;
        String method = firstMethod;
        BodyPublisher body = firstBody;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<byte[]> response =
                    send(request(uri, method, body, isSameServer(uri) ? headers : new String[0]));
            Optional<String> location = response.headers().firstValue("Location");
            int status = response.statusCode();
            if (location.isEmpty() || status < 301 || status > 308 || status == 304) {
                return new Page(uri, status, new String(response.body(), StandardCharsets.UTF_8));
            }
            URI next = next(uri, location.get());
            if (end != null && next.toString().startsWith(end.toString())) {
                return new Page(next, status, "");
            }
            if (status <= 303) {
                method = "GET";
                body = BodyPublishers.noBody();
            }
            refuseUnsafe(uri, next, method);
            uri = next;
        }
        throw attempt.way()
                .failed("redirect_loop", "more than " + MOST_REDIRECTS + " redirects, the last to " + place(uri));
    }

    private URI next(URI uri, String location) throws Halt {
        try {
            return uri.resolve(location);
        } catch (IllegalArgumentException e) {
            throw attempt.way().failed("protocol_broken", "the server redirects to what is no address");
        }
    }

    /// What is secret does not leave TLS, and a password does not go to another server.
    void refuseUnsafe(URI from, URI to, String method) throws Halt {
        boolean opened = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
        boolean elsewhere = method.equals("POST") && !isSameServer(to);
        if (opened || elsewhere || to.getHost() == null) {
            throw attempt.way()
                    .failed(
                            "redirect_unsafe",
                            "the server wants the login to go on at " + place(to) + ", which is not safe");
        }
    }

    private boolean isSameServer(URI uri) {
        return base.getScheme().equals(uri.getScheme())
                && base.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
                && base.getPort() == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /// Without the query, which may hold what is secret.
    static String place(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    private HttpRequest request(URI uri, String method, BodyPublisher body, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(method, body)
                .timeout(attempt.way().left().plus(Duration.ofMillis(1)))
                .header("User-Agent", "Barograph probe");
        if (method.equals("POST")) {
            builder.header("Content-Type", "application/x-www-form-urlencoded");
        }
        return (headers.length == 0 ? builder : builder.headers(headers)).build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws Halt {
        Way way = attempt.way();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_PAGE));
        try {
            return answer.get(way.leftMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw way.unanswered("the web server did not answer");
        } catch (ExecutionException e) {
            throw broken(e.getCause(), place(request.uri()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw way.failed("interrupted", "Barograph is stopping");
        } finally {
            answer.cancel(true);
        }
    }

    private Halt broken(@Nullable Throwable cause, String place) {
        return switch (cause) {
            case HttpTimeoutException _ -> attempt.way().unanswered("the web server did not answer");
            case SSLException e -> tls.broken(e);
            case ConnectException e
            when isUnresolved(e) ->
                attempt.way().failed("unknown_host", "no address is known for the host of " + place);
            case IOException e -> Network.broken(attempt.way(), e, "waiting for " + place);
            case null -> attempt.way().failed("internal_error", "no answer from " + place);
            default -> attempt.way().failed("internal_error", "asking " + place + ": " + cause);
        };
    }

    private static boolean isUnresolved(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at instanceof UnresolvedAddressException;
    }

    /// What a status that is no success says about a login; [Optional#empty] for a success.
    static Optional<Halt> refusal(Way way, Page page) {
        String said = "HTTP status " + page.status() + " from " + place(page.uri());
        return switch (page.status()) {
            case 401 -> Optional.of(way.rejected("rejected", said));
            case 403 -> Optional.of(way.rejected("policy_denied", said));
            case 404, 410 -> Optional.of(way.failed("no_such_page", said));
            case 429 -> Optional.of(way.failed("too_many", said));
            case 502, 503, 504 -> Optional.of(way.failed("backend_unreachable", said));
            default ->
                page.status() >= 500
                        ? Optional.of(way.failed("internal_error", said))
                        : page.isGood() ? Optional.empty() : Optional.of(way.failed("http_" + page.status(), said));
        };
    }

    /// The step that follows the connection.
    void greet() {
        attempt.way().reach(Step.GREET);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
