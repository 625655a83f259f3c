package barograph.mail;

import static barograph.notices.Story.CHECKPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import barograph.notices.Letter;
import barograph.record.Draft;
import barograph.runner.Courier.Delivery;
import barograph.secrets.Secrets;
import barograph.site.Secret;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpCourierTest {
    private static final String LEAK = "TopSecret99";

    @TempDir
    Path folder;

    @Test
    void logs_in_where_the_url_has_a_user_with_characters_that_a_url_must_escape() throws Exception {
        try (PostOffice office = PostOffice.open()) {
            Delivery delivery =
                    courier(office.smtpAs("omar%40northwind.example")).deliver(letter(PostOffice.DANA));

            assertThat(delivery).isEqualTo(new Delivery.Accepted("<c.t@northwind.example>"));
            MimeMessage mail = office.mailsOf(PostOffice.DANA).getFirst();
            assertThat(mail.getMessageID()).isEqualTo("<c.t@northwind.example>");
            assertThat(mail.getSubject()).isEqualTo("Zurückgerollt – „überall“");
            assertThat(mail.getFrom()[0].toString()).contains("changes@northwind.example");
        }
    }

    @Test
    void says_that_the_login_is_refused_without_the_password() {
        try (PostOffice office = PostOffice.open()) {
            String url = office.smtpAs("omar%40northwind.example").toString();
            assertThat(url).isEqualTo("(hidden)");
            int port = office.server().getSmtp().getPort();

            Optional<String> trouble = courier(
                            new Secret.Plain("smtp://omar%40northwind.example:" + LEAK + "@127.0.0.1:" + port))
                    .check();

            assertThat(trouble)
                    .hasValueSatisfying(words -> assertThat(words)
                            .contains("127.0.0.1:" + port + " refuses the login")
                            .doesNotContain(LEAK));
        }
    }

    @Test
    void a_server_that_is_well_passes_the_check() {
        try (PostOffice office = PostOffice.open()) {
            assertThat(courier(office.smtp()).check()).isEmpty();
            assertThat(office.server().getReceivedMessages()).isEmpty();
        }
    }

    @Test
    void an_address_that_is_none_is_refused_before_anybody_is_asked() {
        Delivery delivery = courier(new Secret.Plain("smtp://127.0.0.1:1")).deliver(letter("not an address"));

        assertThat(delivery)
                .isEqualTo(new Delivery.Refused("'not an address' is not a mail address. Correct it in site.yaml."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.1.1 no such user here", "451 4.7.1 greylisted, try later"})
    void a_recipient_whom_the_server_does_not_take_is_this_letters_trouble_alone(String answer) throws Exception {
        try (Script server = Script.answering(command -> command.startsWith("RCPT") ? answer : "250 ok")) {
            Delivery delivery = courier(server.url()).deliver(letter(PostOffice.DANA));

            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.because()).contains(answer));
        }
    }

    @Test
    void an_automatic_answer_goes_out_with_the_empty_sender() throws Exception {
        try (Script server = Script.answering(_ -> "250 ok")) {
            Delivery delivery = courier(server.url()).deliver(answer());

            assertThat(delivery).isInstanceOf(Delivery.Accepted.class);
            assertThat(server.heard())
                    .contains("MAIL FROM:<>")
                    .doesNotContain("MAIL FROM:<changes+c.t@northwind.example>");
        }
    }

    @Test
    void an_automatic_answer_goes_out_all_the_same_where_the_server_refuses_the_empty_sender() throws Exception {
        try (Script server = Script.answering(command ->
                command.equals("MAIL FROM:<>") ? "550 5.7.60 not permitted to send as this sender" : "250 ok")) {
            Delivery delivery = courier(server.url()).deliver(answer());

            assertThat(delivery).isInstanceOf(Delivery.Accepted.class);
            assertThat(server.heard()).contains("MAIL FROM:<changes+c.t@northwind.example>");
        }
    }

    private static Letter answer() {
        Letter letter = letter(PostOffice.DESK);
        Letter.Envelope envelope = letter.envelope();
        return new Letter(
                new Letter.Envelope(envelope.from(), envelope.name(), envelope.to(), envelope.replyTo(), ""),
                letter.links(),
                letter.subject(),
                letter.headers(),
                letter.text(),
                letter.attachments(),
                letter.written());
    }

    @Test
    void a_letter_whose_content_is_refused_is_its_own_trouble() throws Exception {
        try (Script server =
                Script.answering(command -> command.equals(".") ? "554 5.7.1 looks like spam" : "250 ok")) {
            Delivery delivery = courier(server.url()).deliver(letter(PostOffice.DANA));

            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.because()).contains("looks like spam"));
        }
    }

    @Test
    void a_server_that_closes_for_the_night_takes_no_letter_at_all() throws Exception {
        try (Script server = Script.answering(command -> command.startsWith("MAIL") ? "421 closing" : "250 ok")) {
            Delivery delivery = courier(server.url()).deliver(letter(PostOffice.DANA));

            assertThat(delivery).isInstanceOf(Delivery.Unreachable.class);
        }
    }

    @Test
    void a_connection_that_breaks_before_the_letter_is_taken_is_not_taken_for_a_delivery() throws Exception {
        try (Script server = Script.answering(command -> command.equals(".") ? "" : "250 ok")) {
            Delivery delivery = courier(server.url()).deliver(letter(PostOffice.DANA));

            assertThat(delivery).isInstanceOf(Delivery.Unreachable.class);
        }
    }

    @Test
    void a_server_that_says_nothing_is_given_up_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SmtpCourier courier = new SmtpCourier(
                    new Secret.Plain("smtp://127.0.0.1:" + silent.getLocalPort()),
                    new Secrets(folder),
                    Duration.ofMillis(200),
                    Optional.empty());

            Delivery delivery = courier.deliver(letter(PostOffice.DANA));

            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Unreachable.class,
                            nobody -> assertThat(nobody.because()).contains("does not answer in time"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smtp//omar:" + LEAK + "@host",
                "imap://omar:" + LEAK + "@host",
                "smtp://omar:" + LEAK + "@host:99999",
                "smtp://om ar:" + LEAK + "@host",
                "smtp://omar:" + LEAK + "#@host",
                LEAK
            })
    void a_url_that_is_none_is_said_so_and_not_repeated(String url) {
        assertThat(courier(new Secret.Plain(url)).check())
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("smtp://user:password@host:port")
                        .doesNotContain(LEAK));
    }

    @Test
    void a_secret_that_leads_nowhere_is_trouble_in_words() {
        assertThat(courier(new Secret.File("no-such-file")).check())
                .hasValueSatisfying(
                        words -> assertThat(words).contains("no-such-file").contains("there is no file"));
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_not_trusted() {
        try (PostOffice office = PostOffice.openWithTls()) {
            assertThat(courier(office.smtps()).check())
                    .hasValueSatisfying(
                            words -> assertThat(words).contains("TLS").contains("certificate"));
        }
    }

    @Test
    void a_certificate_for_another_name_is_not_trusted_even_where_its_authority_is() throws Exception {
        try (PostOffice office = PostOffice.openWithTls()) {
            SmtpCourier courier = new SmtpCourier(
                    office.smtps(), new Secrets(folder), Duration.ofSeconds(10), Optional.of(PostOffice.trust()));

            assertThat(courier.check())
                    .hasValueSatisfying(words -> assertThat(words).contains("localhost"));
        }
    }

    @Test
    void goes_over_tls_where_the_certificate_is_trusted_and_for_that_name() throws Exception {
        KeyStore store = certificateForLocalhost();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (Script server = Script.answering(socket, _ -> "250 ok")) {
            SmtpCourier courier = new SmtpCourier(
                    new Secret.Plain("smtps://localhost:" + socket.getLocalPort()),
                    new Secrets(folder),
                    Duration.ofSeconds(10),
                    Optional.of(PostOffice.trusting(store)));

            assertThat(courier.deliver(letter(PostOffice.DANA))).isInstanceOf(Delivery.Accepted.class);
            assertThat(server.heard()).contains("RCPT TO:<dana@acme.example>");
        }
    }

    private KeyStore certificateForLocalhost() throws Exception {
        Path file = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keyalg",
                        "EC",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    @Test
    void a_password_is_never_sent_in_the_clear_to_another_machine() {
        MailServer away = MailServer.of("smtp://omar:x@mail.example", "smtp");
        MailServer here = MailServer.of("smtp://omar:x@127.0.0.1:2525", "smtp");
        MailServer open = MailServer.of("smtp://mail.example", "smtp");

        assertThat(required(away)).isEqualTo("true");
        assertThat(required(here)).isEqualTo("false");
        assertThat(required(open)).isEqualTo("false");
    }

    private static String required(MailServer server) {
        return MailSession.of("smtp", server, Duration.ofSeconds(1), Optional.empty())
                .getProperty("mail.smtp.starttls.required");
    }

    private SmtpCourier courier(Secret url) {
        return new SmtpCourier(url, new Secrets(folder), Duration.ofSeconds(10), Optional.empty());
    }

    private static Letter letter(String to) {
        return new Letter(
                new Letter.Envelope(
                        "changes@northwind.example",
                        "Northwind Ops (Barograph)",
                        to,
                        "changes+c.t@northwind.example",
                        "changes+c.t@northwind.example"),
                new Letter.Links("<c.t@northwind.example>", List.of("<c.site@northwind.example>")),
                "Zurückgerollt – „überall“",
                Map.of("X-Barograph-Change", "c"),
                "Grüße\n.\nfrom a line with a dot alone\n",
                List.of(new Draft.Attachment(
                        "checkpoint.txt", "text/plain", CHECKPOINT.getBytes(StandardCharsets.UTF_8))),
                Instant.parse("2026-11-22T10:00:00Z"));
    }

    /// An SMTP server that answers as it is told, line by line; an empty answer hangs up.
    private static final class Script implements AutoCloseable {
        private final ServerSocket socket;
        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

        private Script(ServerSocket socket) {
            this.socket = socket;
        }

        static Script answering(UnaryOperator<String> answers) throws IOException {
            return answering(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), answers);
        }

        static Script answering(ServerSocket socket, UnaryOperator<String> answers) {
            Script script = new Script(socket);
            Thread.ofVirtual().start(() -> script.serve(answers));
            return script;
        }

        private void serve(UnaryOperator<String> answers) {
            try {
                while (!socket.isClosed()) {
                    serve(answers, socket.accept());
                }
            } catch (IOException e) {
                // The test is over.
            }
        }

        private void serve(UnaryOperator<String> answers, Socket accepted) {
            try (Socket connection = accepted) {
                say(connection, "220 script");
                boolean inData = false;
                var in = new java.io.BufferedReader(
                        new java.io.InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    heard.add(line);
                    if (inData && !line.equals(".")) {
                        continue;
                    }
                    inData = line.equals("DATA");
                    String answer = inData ? "354 go on" : answers.apply(line);
                    if (answer.isEmpty()) {
                        return;
                    }
                    say(connection, answer);
                }
            } catch (IOException e) {
                // The courier hung up, or the test is over: there is nobody left to answer.
            }
        }

        private static void say(Socket connection, String line) throws IOException {
            connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
        }

        List<String> heard() {
            return List.copyOf(heard);
        }

        Secret url() {
            return new Secret.Plain("smtp://127.0.0.1:" + socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
