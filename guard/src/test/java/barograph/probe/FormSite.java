package barograph.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A small web site with a login form: a hidden token that must come back, a session cookie, redirects after a login.
///
/// Alice logs in with `alice-pw`; Lena is locked; for Bruno it breaks.
final class FormSite implements AutoCloseable {
    private static final String FORM = """
            <html><body><h1>Sign in</h1>%s
            <form action="search" method="get"><input name="q"></form>
            <form action="enter?step=1" method="post">
              <input type="hidden" name="token" value="t-4711">
              <input type="text" name="login"><input type="password" name="pass">
              <input type="checkbox" name="stay" value="yes" checked>
            </form></body></html>
            """;

    private final HttpServer server;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    FormSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> redirect(exchange, "/app/sign-in"));
        server.createContext("/app/sign-in", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "visit=1; Path=/");
            answer(exchange, 200, FORM.formatted(""));
        });
        server.createContext("/app/enter", this::enter);
        server.createContext("/app/home", FormSite::home);
        server.createContext("/away", exchange -> redirect(exchange, "http://elsewhere.invalid/"));
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.createContext(
                "/get",
                exchange ->
                        answer(exchange, 200, "<form action='/x'><input name=u><input type=password name=p></form>"));
        server.createContext("/none", exchange -> answer(exchange, 200, "<p>Nothing to sign in to</p>"));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// The bodies of all login forms that were sent.
    List<String> sent() {
        return sent;
    }

    private void enter(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        sent.add(body);
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2);
            fields.put(parts[0], parts[1]);
        }
        boolean whole = "t-4711".equals(fields.get("token"))
                && "yes".equals(fields.get("stay"))
                && String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"))
                        .contains("visit=1");
        if (!whole) {
            answer(exchange, 400, "incomplete");
            return;
        }
        switch (fields.get("login") + " " + fields.get("pass")) {
            case "alice alice-pw" -> {
                exchange.getResponseHeaders().add("Set-Cookie", "session=s-1; Path=/");
                redirect(exchange, "home");
            }
            case "bruno bruno-pw" -> answer(exchange, 502, "no backend");
            case "lena lena-pw" ->
                answer(exchange, 200, FORM.formatted("<p class='error'>Your account is locked.</p>"));
            default -> answer(exchange, 200, FORM.formatted("<p class='error'>Wrong name or password.</p>"));
        }
    }

    private static void home(HttpExchange exchange) throws IOException {
        boolean in =
                String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")).contains("session=s-1");
        answer(exchange, in ? 200 : 403, in ? "<p>Hello Alice</p>" : "<p>Who are you?</p>");
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String page) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
