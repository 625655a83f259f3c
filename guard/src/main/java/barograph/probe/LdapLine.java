package barograph.probe;

import barograph.login.Step;
import barograph.site.ProbeKind.Option;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10RequestControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// A connection to a directory, opened step by step: resolve, connect, and TLS where the probe wants it.
final class LdapLine implements AutoCloseable {
    /// What every protocol over LDAP can be told.
    static final List<Option> OPTIONS = List.of(
            Options.optional(
                    "tls",
                    "How the line is secured: none (also when not said), starttls, or ldaps from the first byte."),
            Options.CA,
            Options.optional(
                    "member-of",
                    "What must hold once the user is in: the name of a group's entry, or attribute=value."));

    private final Attempt attempt;
    private final LDAPConnection connection;

    private LdapLine(Attempt attempt, LDAPConnection connection) {
        this.attempt = attempt;
        this.connection = connection;
    }

    static LdapLine open(Attempt attempt) throws Halt {
        String tls = attempt.option("tls").orElse("none");
        if (!List.of("none", "starttls", "ldaps").contains(tls)) {
            throw attempt.misconfigured("its tls '" + tls + "' is none of: none, starttls, ldaps");
        }
        Socket socket = Network.connect(attempt, Network.resolve(attempt));
        try {
            Socket secured = tls.equals("ldaps") ? new Tls(attempt, "LDAPS").secure(socket) : socket;
            LdapLine line = new LdapLine(attempt, connection(attempt, secured));
            if (tls.equals("starttls")) {
                line.startTls();
            }
            return line;
        } catch (Halt | RuntimeException e) {
            Network.closeQuietly(socket);
            throw e;
        }
    }

    private static LDAPConnection connection(Attempt attempt, Socket socket) throws Halt {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(false); // whether that opens the door is for the server to say
        options.setConnectTimeoutMillis(attempt.way().leftMillis());
        options.setResponseTimeoutMillis(attempt.way().leftMillis());
        try {
            // Over a socket that is connected already: so each step has its own time and its own words.
            return new LDAPConnection(
                    new Connected(socket), options, socket.getInetAddress().getHostAddress(), socket.getPort());
        } catch (LDAPException e) {
            throw attempt.way().isOver()
                    ? attempt.way().unanswered("the time was over while it connected")
                    : attempt.way().failed("connection_broken", "connection broken: " + e.getMessage());
        }
    }

    private void startTls() throws Halt {
        Tls tls = new Tls(attempt, "LDAPS");
        attempt.way().reach(Step.TLS);
        try {
            ExtendedResult result = connection.processExtendedOperation(new StartTLSExtendedRequest(tls.factory()));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw attempt.way()
                        .failed(
                                "starttls_refused",
                                "the server refused StartTLS: "
                                        + words(result.getResultCode(), result.getDiagnosticMessage()));
            }
        } catch (LDAPException e) {
            throw tls.broken(e);
        }
    }

    /// Binds as an account that is not the one under test; its refusal says nothing about the user.
    void bindAsService(String dn, String password) throws Halt {
        try {
            bind(dn, password);
        } catch (LDAPException e) {
            throw LdapReasons.of(e.getResultCode(), e.getDiagnosticMessage()).rejected()
                    ? attempt.way()
                            .failed(
                                    "service_account_rejected",
                                    "the directory rejected the probe's bind-dn: "
                                            + words(e.getResultCode(), e.getDiagnosticMessage()))
                    : trouble(e);
        }
    }

    /// Binds as the user under test. Once: a password that was rejected is never tried again.
    void bindAsUser(String dn, String password) throws Halt {
        try {
            bind(dn, password);
        } catch (LDAPException e) {
            Optional<String> account = account(e);
            if (account.isPresent()) {
                throw attempt.way().rejected(account.get(), words(e.getResultCode(), e.getDiagnosticMessage()));
            }
            LdapReasons.Reading reading = LdapReasons.of(e.getResultCode(), e.getDiagnosticMessage());
            throw reading.rejected()
                    ? attempt.way().rejected(reading.reason(), words(e.getResultCode(), e.getDiagnosticMessage()))
                    : trouble(e);
        }
    }

    /// What is the matter with the account, where the server's password policy says so
    /// (draft-behera-ldap-password-policy);
    /// slapd does only with `ppolicy_use_lockout`.
    private static Optional<String> account(LDAPException refusal) {
        try {
            var policy = DraftBeheraLDAPPasswordPolicy10ResponseControl.get(refusal.toLDAPResult());
            return switch (policy == null ? null : policy.getErrorType()) {
                case ACCOUNT_LOCKED -> Optional.of("locked");
                case PASSWORD_EXPIRED, CHANGE_AFTER_RESET -> Optional.of("expired_password");
                case null, default -> Optional.empty();
            };
        } catch (LDAPException e) {
            return Optional.empty(); // an answer that is not as the draft has it: the code of the result tells alone
        }
    }

    private void bind(String dn, String password) throws LDAPException {
        SimpleBindRequest request =
                new SimpleBindRequest(dn, password, new DraftBeheraLDAPPasswordPolicy10RequestControl());
        request.setResponseTimeoutMillis(attempt.way().leftMillis());
        connection.bind(request);
    }

    /// The names of the first entries under `base` that the filter finds: two are enough to see that it is ambiguous.
    List<String> find(String base, String filter) throws Halt {
        try {
            SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, SearchRequest.NO_ATTRIBUTES);
            request.setSizeLimit(2);
            request.setResponseTimeoutMillis(attempt.way().leftMillis());
            return names(connection.search(request).getSearchEntries());
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return names(e.getSearchEntries());
            }
            throw searchTrouble(base, e);
        } catch (LDAPException e) {
            throw attempt.misconfigured("'" + filter + "' is not a search filter");
        }
    }

    private static List<String> names(@Nullable List<SearchResultEntry> entries) {
        return entries == null
                ? List.of()
                : entries.stream().map(SearchResultEntry::getDN).toList();
    }

    /// Whether an entry has a value, as the directory compares it.
    boolean has(String dn, String attribute, String value) throws Halt {
        try {
            CompareRequest request = new CompareRequest(dn, attribute, value);
            request.setResponseTimeoutMillis(attempt.way().leftMillis());
            return connection.compare(request).compareMatched();
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return false;
            }
            throw searchTrouble(dn, e);
        }
    }

    private Halt searchTrouble(String where, LDAPException e) {
        return e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                ? attempt.way().failed("no_such_entry", "the directory shows nothing at " + where)
                : trouble(e);
    }

    private Halt trouble(LDAPException e) {
        Way way = attempt.way();
        if (way.isOver() || e.getResultCode().equals(ResultCode.TIMEOUT)) {
            return way.unanswered("the directory did not answer");
        }
        if (e.getCause() instanceof IOException broken) {
            return Network.broken(way, broken, "waiting for the directory");
        }
        LdapReasons.Reading reading = LdapReasons.of(e.getResultCode(), e.getDiagnosticMessage());
        return way.failed(reading.reason(), words(e.getResultCode(), String.valueOf(e.getMessage())));
    }

    /// `invalid credentials (49)`, and what the server adds to it.
    private static String words(ResultCode code, @Nullable String diagnostic) {
        String name = code.getName() + " (" + code.intValue() + ")";
        return diagnostic == null || diagnostic.isEmpty() ? name : name + ": " + diagnostic;
    }

    @Override
    public void close() {
        connection.close();
    }

    /// Hands out the one socket that is there.
    private static final class Connected extends SocketFactory {
        private final Socket socket;

        Connected(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket(InetAddress address, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            return socket;
        }
    }
}
