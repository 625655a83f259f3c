package barograph.toy;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.UnbindRequestProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One client's connection: judges its logins, answers its searches, and writes down what slapd would.
///
/// The directory is read-only and speaks no TLS.
final class ToyHandler extends LDAPListenerRequestHandler {
    private static final String PASSWORD = "userPassword";

    private final ToyDirectory server;
    private final @Nullable LDAPListenerClientConnection connection;
    private final long number;
    private int operations;
    private boolean unbound;

    /// Makes the handlers of connections.
    ToyHandler(ToyDirectory server) {
        this.server = server;
        this.connection = null;
        this.number = 0;
    }

    private ToyHandler(ToyDirectory server, LDAPListenerClientConnection connection, long number) {
        this.server = server;
        this.connection = connection;
        this.number = number;
    }

    /// What came of a request.
    private record Result(ResultCode code, String text) {
        static final Result SUCCESS = new Result(ResultCode.SUCCESS, "");
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection client) {
        ToyHandler handler = new ToyHandler(server, client, server.nextConnection());
        Socket socket = client.getSocket();
        handler.log("fd=" + handler.descriptor() + " ACCEPT from IP="
                + socket.getInetAddress().getHostAddress() + ":" + socket.getPort() + " (IP="
                + server.listensAt() + ")");
        return handler;
    }

    private void log(String text) {
        server.log("conn=" + number + " " + text);
    }

    private long descriptor() {
        return 12 + number % 500;
    }

    @Override
    public void closeInstance() {
        log("fd=" + descriptor() + (unbound ? " closed" : " closed (connection lost)"));
    }

    @Override
    public void processUnbindRequest(int id, UnbindRequestProtocolOp request, List<Control> controls) {
        log("op=" + operations++ + " UNBIND");
        unbound = true;
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        long began = System.nanoTime();
        String op = "op=" + operations++;
        boolean simple = request.getCredentialsType() == BindRequestProtocolOp.CRED_TYPE_SIMPLE;
        String name = "BIND dn=\"" + request.getBindDN().replace("\"", "\\22") + "\"";
        log(op + " " + name + " method=" + (simple ? 128 : 163));
        long queued = System.nanoTime() - began;
        ToyConfig config = server.config();
        server.pause(config.lookupDelay());
        Result result = simple
                ? judge(config, request)
                : new Result(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "only simple binds are known");
        if (result.code.equals(ResultCode.SUCCESS)) {
            log(op + " " + name + " mech=SIMPLE bind_ssf=0 ssf=0");
        }
        logResult(op, 97, result, queued, began, "");
        return new LDAPMessage(
                id, new BindResponseProtocolOp(result.code.intValue(), null, result.text, null, null), List.of());
    }

    private static Result judge(ToyConfig config, BindRequestProtocolOp request) {
        if (request.getBindDN().isEmpty()) {
            return Result.SUCCESS; // nobody in particular, as slapd lets in by default
        }
        Optional<ReadOnlyEntry> entry = Optional.empty();
        DN name = DN.NULL_DN;
        try {
            name = new DN(request.getBindDN());
            entry = config.entry(name);
        } catch (LDAPException e) {
            return new Result(ResultCode.INVALID_DN_SYNTAX, "invalid DN");
        }
        String password = request.getSimplePassword() == null
                ? ""
                : request.getSimplePassword().stringValue();
        if (config.requirePassword() && password.isEmpty()) {
            return new Result(ResultCode.UNWILLING_TO_PERFORM, "unauthenticated bind (DN with no password) disallowed");
        }
        boolean known = entry.isPresent() && entry.get().hasAttribute(PASSWORD);
        if (!known || (config.requirePassword() && !password.equals(entry.get().getAttributeValue(PASSWORD)))) {
            return new Result(ResultCode.INVALID_CREDENTIALS, "");
        }
        return config.allows(name)
                ? Result.SUCCESS
                : new Result(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "this group may not log in");
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        long began = System.nanoTime();
        String op = "op=" + operations++;
        log(op + " SRCH base=\"" + request.getBaseDN() + "\" scope="
                + request.getScope().intValue() + " deref=0 filter=\"" + request.getFilter() + "\"");
        long queued = System.nanoTime() - began;
        int found = 0;
        Result result = Result.SUCCESS;
        try {
            for (ReadOnlyEntry entry : server.config().entries().values()) {
                if (entry.matchesBaseAndScope(request.getBaseDN(), request.getScope())
                        && request.getFilter().matchesEntry(entry)) {
                    send(id, entry);
                    found++;
                }
            }
        } catch (LDAPException e) {
            result = new Result(e.getResultCode(), "");
        }
        logResult(op + " SEARCH", 101, result, queued, began, " nentries=" + found);
        return new LDAPMessage(
                id, new SearchResultDoneProtocolOp(result.code.intValue(), null, result.text, null), List.of());
    }

    /// Passwords are told to nobody.
    private void send(int id, ReadOnlyEntry entry) throws LDAPException {
        if (connection == null) {
            throw new IllegalStateException("requests come in on a connection");
        }
        Entry shown = entry.duplicate();
        shown.removeAttribute(PASSWORD);
        connection.sendSearchResultEntry(id, shown);
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        long began = System.nanoTime();
        String op = "op=" + operations++;
        log(op + " CMP dn=\"" + request.getDN() + "\" attr=\"" + request.getAttributeName() + "\"");
        Result result = new Result(compare(request), "");
        logResult(op, 111, result, 0, began, "");
        return new LDAPMessage(
                id, new CompareResponseProtocolOp(result.code.intValue(), null, result.text, null), List.of());
    }

    private ResultCode compare(CompareRequestProtocolOp request) {
        try {
            Optional<ReadOnlyEntry> entry = server.config().entry(new DN(request.getDN()));
            if (entry.isEmpty() || request.getAttributeName().equalsIgnoreCase(PASSWORD)) {
                return ResultCode.NO_SUCH_OBJECT;
            }
            Attribute attribute = entry.get().getAttribute(request.getAttributeName());
            if (attribute == null) {
                return ResultCode.NO_SUCH_ATTRIBUTE;
            }
            return attribute.hasValue(request.getAssertionValue().getValue())
                    ? ResultCode.COMPARE_TRUE
                    : ResultCode.COMPARE_FALSE;
        } catch (LDAPException e) {
            return ResultCode.INVALID_DN_SYNTAX;
        }
    }

    private void logResult(String op, int tag, Result result, long queued, long began, String more) {
        log(String.format(
                Locale.ROOT,
                "%s RESULT tag=%d err=%d qtime=%.6f etime=%.6f%s text=%s",
                op,
                tag,
                result.code.intValue(),
                queued / 1e9,
                (System.nanoTime() - began) / 1e9,
                more,
                result.text));
    }

    private Result refuse(int tag) {
        Result result = new Result(ResultCode.UNWILLING_TO_PERFORM, "this directory is read-only");
        logResult("op=" + operations++, tag, result, 0, System.nanoTime(), "");
        return result;
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        Result result = refuse(105);
        return new LDAPMessage(
                id, new AddResponseProtocolOp(result.code.intValue(), null, result.text, null), List.of());
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        Result result = refuse(107);
        return new LDAPMessage(
                id, new DeleteResponseProtocolOp(result.code.intValue(), null, result.text, null), List.of());
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        Result result = refuse(103);
        return new LDAPMessage(
                id, new ModifyResponseProtocolOp(result.code.intValue(), null, result.text, null), List.of());
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        Result result = refuse(109);
        return new LDAPMessage(
                id, new ModifyDNResponseProtocolOp(result.code.intValue(), null, result.text, null), List.of());
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        long began = System.nanoTime();
        String op = "op=" + operations++;
        log(op + " EXT oid=" + request.getOID());
        Result result = new Result(ResultCode.PROTOCOL_ERROR, "unsupported extended operation");
        logResult(op, 120, result, 0, began, "");
        return new LDAPMessage(
                id,
                new ExtendedResponseProtocolOp(result.code.intValue(), null, result.text, null, null, null),
                List.of());
    }
}
