package barograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A site of eight kinds, set up well and then with mistakes: `check` names each, and says what to do.
///
/// All logins go to a directory in this process; logs, folders and commands are those of each kind's entry.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckTest {
    private static final String SUFFIX = "dc=example,dc=org";

    /// A line of each kind's log that tells a login now.
    private static final Map<String, String> LINES = kinds();

    private final Map<Integer, List<CheckFinding>> found = new HashMap<>();
    private Path folder = Path.of("");
    private InMemoryDirectoryServer directory;
    private GreenMail mail;

    private static Map<String, String> kinds() {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        String syslog =
                DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT).format(now);
        String access = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                .format(now);
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "freeradius",
                DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT)
                                .format(now) + " : Auth: (1) Login OK: [ann] (from client nas port 0 cli 02-00)");
        lines.put(
                "slapd",
                syslog + " ldap slapd[1]: conn=1 fd=14 ACCEPT from IP=10.0.0.7:41234 (IP=0.0.0.0:389)\n" + syslog
                        + " ldap slapd[1]: conn=1 op=0 BIND dn=\"uid=ann," + SUFFIX + "\" method=128\n" + syslog
                        + " ldap slapd[1]: conn=1 op=0 RESULT tag=97 err=0 qtime=0.1 etime=0.1 text=");
        lines.put(
                "dovecot",
                syslog + " mail dovecot: imap-login: Login: user=<ann>, method=PLAIN, rip=10.0.0.7, lip=10.0.0.2, TLS");
        lines.put("sshd", syslog + " host sshd[1]: Accepted password for ann from 10.0.0.7 port 56946 ssh2");
        lines.put("nginx", "10.0.0.7 - ann [" + access + "] \"GET /portal HTTP/1.1\" 200 615 \"-\" \"-\"");
        lines.put(
                "haproxy",
                syslog + " lb haproxy[1]: 10.0.0.7:41234 [x] login~ portal/web1 0/0/1/12/13 200 1530 - - ----"
                        + " 1/1/0/0/0 0/0 \"POST /login HTTP/1.1\"");
        lines.put(
                "krb5kdc",
                syslog + " kdc krb5kdc[1](info): AS_REQ (1 etypes {x(18)}) 10.0.0.7: ISSUE: authtime 1, etypes {x},"
                        + " ann@EXAMPLE.ORG for krbtgt/EXAMPLE.ORG@EXAMPLE.ORG");
        lines.put("files", "");
        return lines;
    }

    /// A set-up mistake.
    ///
    /// @param round those of one round are made at once, as none of them hides another
    /// @param made what it does to `site.yaml`
    /// @param about whom check accuses; `SERVER probe NAME` and the like
    /// @param told what it must say of it
    /// @param remedy what it must say to do
    record Mistake(int round, String name, UnaryOperator<String> made, String about, String told, String remedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Mistake mistake(
            int round, String name, String written, String instead, String about, String told, String remedy) {
        return new Mistake(
                round,
                name,
                site -> {
                    assertThat(site).as("the site has it").contains(written);
                    return site.replaceFirst(Pattern.quote(written), Matcher.quoteReplacement(instead));
                },
                about,
                told,
                remedy);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                mistake(1, "wrong-log-path", "dovecot/log", "dovecot/maillog", "dovecot log", "no file", "Is log: in"),
                mistake(1, "log-is-a-folder", "sshd/log", "sshd/etc", "sshd log", "is a folder", "Name the file"),
                mistake(
                        1,
                        "no-log",
                        "    log: { path: \"FOLDER/nginx/log\", grammar: nginx }\n",
                        "    log: none\n",
                        "nginx log",
                        "cannot be watched",
                        "Name it"),
                mistake(
                        1,
                        "logins-are-not-logged",
                        "freeradius/log",
                        "freeradius/silent",
                        "freeradius log",
                        "was let in just now, and",
                        "auth = yes"),
                mistake(
                        1,
                        "nothing-is-logged",
                        "slapd/log",
                        "slapd/empty",
                        "slapd log",
                        "got no line",
                        "loglevel stats"),
                mistake(
                        1,
                        "wrong-grammar",
                        "grammar: haproxy",
                        "grammar: krb5kdc",
                        "haproxy log",
                        "none that the grammar 'krb5kdc' reads",
                        "write its logins"),
                mistake(
                        1,
                        "no-config-folder",
                        "krb5kdc/etc",
                        "krb5kdc/nowhere",
                        "krb5kdc files",
                        "nowhere",
                        "No change"),
                mistake(
                        2,
                        "validate-is-not-there",
                        "'true # sshd'",
                        "'sshd-checker -t'",
                        "sshd validate",
                        "not found",
                        "install it"),
                mistake(
                        2,
                        "configuration-is-broken",
                        "'true # nginx'",
                        "'! grep setting \"$CANDIDATE/main.conf\"'",
                        "nginx validate",
                        "refuses the configuration as it is now: setting = 1",
                        "before the next restart"),
                mistake(
                        2,
                        "server-is-down",
                        "health: 'true'",
                        "health: 'echo it is down; false'",
                        "freeradius health",
                        "it is down",
                        "rolled back at once"),
                mistake(
                        2,
                        "no-boot-hook",
                        "boot-hook: none",
                        "boot-hook: 'exit 1'",
                        "freeradius after a reboot",
                        "unconfirmed change stays",
                        "cron"),
                mistake(2, "wrong-port", "port: PORT-dovecot", "port: FREE", "dovecot probe staff", "connect", "port:"),
                mistake(
                        2,
                        "unknown-name",
                        "host: 127.0.0.1 # haproxy",
                        "host: no-such-host.invalid",
                        "haproxy probe staff",
                        "host",
                        "as the site expects"),
                mistake(
                        3,
                        "ssh-is-refused",
                        "at: local # nginx",
                        "at: ssh://root@127.0.0.1:FREE",
                        "nginx files",
                        "127.0.0.1",
                        "No change"),
                mistake(
                        2,
                        "wrong-probe-password",
                        "file:secrets/ann",
                        "file:secrets/other",
                        "slapd probe staff",
                        "bad_password",
                        "Mend the secret"),
                mistake(
                        3,
                        "locked-probe-account",
                        "\"uid=ann," + SUFFIX + "\"",
                        "\"uid=frozen," + SUFFIX + "\"",
                        "slapd probe staff",
                        "its account is locked",
                        "Mend the account"),
                mistake(
                        3,
                        "open-door",
                        "password: \"not it\"",
                        "password: \"ann-password\"",
                        "slapd probe shut",
                        "accepted",
                        "shut it"),
                mistake(
                        5,
                        "secret-is-not-set",
                        "file:secrets/ann",
                        "env:BAROGRAPH_TEST_NOT_SET",
                        "slapd probe staff",
                        "BAROGRAPH_TEST_NOT_SET",
                        "Set what"),
                mistake(
                        4,
                        "no-budget",
                        "wrong-passwords: 1000",
                        "wrong-passwords: 0",
                        "slapd probe shut",
                        "not tried",
                        "hour"),
                mistake(
                        3,
                        "no-probe-fits",
                        "speaks: [ \"ldap-*\" ] # sshd",
                        "speaks: [ ssh-key ]",
                        "sshd",
                        "no probe can be tried",
                        "Add one"),
                mistake(1, "no-backup", "stage: backup", "stage: rest", "site", "no server of stage backup", "waiver"),
                mistake(
                        3,
                        "same-address",
                        "port: PORT-haproxy",
                        "port: PORT-krb5kdc",
                        "krb5kdc address",
                        "as those of",
                        "load balancer"),
                mistake(2, "mail-server-is-away", "secrets/smtp", "secrets/nosmtp", "notices", "mail", "people do"),
                mistake(
                        3,
                        "nobody-is-told",
                        "notices: { from: changes@northwind.example, smtp: file:secrets/smtp }\n",
                        "",
                        "notices",
                        "nobody is told",
                        "Add notices:"));
    }

    @BeforeAll
    void serve(@TempDir Path own) throws LDAPException, LDIFException, IOException {
        folder = own;
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(SUFFIX);
        config.setSchema(null);
        List<InMemoryListenerConfig> ports = new ArrayList<>();
        for (String kind : LINES.keySet()) {
            ports.add(InMemoryListenerConfig.createLDAPConfig(kind, InetAddress.getLoopbackAddress(), 0, null));
        }
        config.setListenerConfigs(ports);
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) throws LDAPException {
                if (bind.getRequest().getBindDN().startsWith("uid=frozen")) {
                    throw new LDAPException(
                            ResultCode.INVALID_CREDENTIALS,
                            "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data 775, v2580");
                }
            }
        });
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: " + SUFFIX, "objectClass: domain", "dc: example");
        directory.add("dn: uid=ann," + SUFFIX, "objectClass: person", "uid: ann", "userPassword: ann-password");
        directory.startListening();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("ann"), "ann-password\n");
        Files.writeString(secrets.resolve("other"), "another\n");
        Files.writeString(
                secrets.resolve("smtp"), "smtp://127.0.0.1:" + mail.getSmtp().getPort() + "\n");
        Files.writeString(secrets.resolve("nosmtp"), "smtp://127.0.0.1:" + freePort() + "\n");
        for (Map.Entry<String, String> kind : LINES.entrySet()) {
            Path home = folder.resolve(kind.getKey());
            Files.createDirectories(home.resolve("etc"));
            Files.writeString(home.resolve("etc/main.conf"), "setting = 1\n");
            Files.writeString(home.resolve("log"), kind.getValue() + "\n");
            Files.writeString(
                    home.resolve("silent"), kind.getValue().replace(" : Auth: (1) Login OK", " : Info: ") + "\n");
            Files.writeString(home.resolve("empty"), "");
        }
    }

    @AfterAll
    void stop() {
        directory.shutDown(true);
        mail.stop();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_in_the_set_up_is_named_with_what_to_do(Mistake mistake) throws IOException {
        List<CheckFinding> findings = found.get(mistake.round);
        if (findings == null) {
            String site = site();
            for (Mistake each :
                    mistakes().filter(other -> other.round == mistake.round).toList()) {
                site = each.made.apply(site);
            }
            findings = check(site);
            found.put(mistake.round, findings);
        }

        assertThat(findings)
                .filteredOn(finding -> !finding.well())
                .as("what is not well: %s", findings)
                .anySatisfy(finding -> {
                    assertThat(finding.about()).isEqualTo(mistake.about);
                    assertThat(finding.words()).contains(mistake.told);
                    assertThat(finding.remedy()).contains(mistake.remedy);
                });
    }

    @Test
    void a_site_that_is_set_up_well_has_nothing_to_mend() throws IOException {
        assertThat(check(site())).hasSizeGreaterThan(40).allMatch(CheckFinding::well);
    }

    @Test
    void the_page_has_every_mistake_of_the_test() throws IOException {
        String page = Files.readString(Path.of("../docs/check.md"));

        assertThat(mistakes().map(Mistake::name))
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    private List<CheckFinding> check(String site) throws IOException {
        Files.deleteIfExists(folder.resolve(".barograph/wrong-passwords"));
        String text = site;
        for (String kind : LINES.keySet()) {
            text = text.replace("PORT-" + kind, Integer.toString(directory.getListenPort(kind)));
        }
        Path file = folder.resolve("site.yaml");
        Files.writeString(
                file, text.replace("FREE", Integer.toString(freePort())).replace("FOLDER", folder.toString()));
        try (Workplace workplace =
                Workplace.open(file, Optional.of(folder.resolve("guard").toString()))) {
            return Check.findings(
                    workplace, Check.notes(file), new Paper(new PrintWriter(new StringWriter()), true, false));
        }
    }

    private static String site() {
        return """
                site: eight-kinds
                parties:
                  us:
                    role: operator
                    name: Our Operations
                    people:
                      - { id: me, mail: me@ops.example, may: [operate, approve, waive] }
                servers:
                """ + LINES.keySet().stream().map(CheckTest::server).collect(Collectors.joining()) + """
                probes:
                  staff: { via: ldap-bind, user: "uid=ann,dc=example,dc=org", password: file:secrets/ann }
                  shut: { via: ldap-bind, user: "uid=ann,dc=example,dc=org", password: "not it", expect: reject }
                wrong-passwords: 1000
                gates: { approvals: { customer: 0, operator: 1 } }
                notices: { from: changes@northwind.example, smtp: file:secrets/smtp }
                """;
    }

    private static String server(String kind) {
        String stage = kind.equals("files") ? "backup" : kind.equals("slapd") ? "canary" : "rest";
        String log = kind.equals("files") ? "none" : "{ path: \"FOLDER/" + kind + "/log\", grammar: " + kind + " }";
        return """
                  %1$s:
                    kind: %1$s
                    at: local # %1$s
                    stage: %2$s
                    host: 127.0.0.1 # %1$s
                    port: PORT-%1$s
                    config: { root: "FOLDER/%1$s/etc" }
                    validate: 'true # %1$s'
                    reload: 'true'
                    restart: none
                    loaded: none
                    health: 'true'
                    boot-hook: none
                    log: %3$s
                    speaks: [ "ldap-*" ] # %1$s
                """.indent(0).formatted(kind, stage, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
