package barograph.toy;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.UnbindRequestProtocolOp;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// One login over real LDAP: connect, bind, unbind. Light enough for thousands at a time on virtual threads.
final class ToyLogin {
    private ToyLogin() {}

    /// What the person sees.
    enum Result {
        ACCEPTED,
        REJECTED,
        /// No connection, or no answer within the person's patience.
        UNANSWERED
    }

    /// @param from the address of the person's device
    static Result at(ToyPeople.Door door, InetAddress from, String dn, String password, Duration patience) {
        int millis = Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE);
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(millis);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(door.host(), door.port()), millis);
            OutputStream out = socket.getOutputStream();
            out.write(new LDAPMessage(1, new BindRequestProtocolOp(dn, password))
                    .encode()
                    .encode());
            LDAPMessage answer = LDAPMessage.readFrom(new ASN1StreamReader(socket.getInputStream()), false);
            if (answer == null) {
                return Result.UNANSWERED; // it hung up
            }
            int code = answer.getBindResponseProtocolOp().getResultCode();
            out.write(new LDAPMessage(2, new UnbindRequestProtocolOp()).encode().encode());
            return code == 0 ? Result.ACCEPTED : Result.REJECTED;
        } catch (IOException | LDAPException e) {
            return Result.UNANSWERED;
        }
    }
}
