package barograph.mail;

import barograph.dkim.Keys;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// The keys that domains publish for their mail, asked for in the DNS.
///
/// A name server that is silent is told from a key that is not there: only the second refutes a signature.
public final class DnsKeys implements Keys {
    /// For one question, all servers and tries together; a mail may ask ten.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Resolver resolver;

    /// Asks the name servers of this machine.
    public DnsKeys() {
        this(new ExtendedResolver(), LIMIT);
    }

    DnsKeys(Resolver resolver, Duration limit) {
        this.resolver = resolver;
        resolver.setTimeout(limit);
    }

    @Override
    public Found find(String name) {
        Message answer;
        try {
            Name asked = Name.fromString(name + ".");
            answer = resolver.send(Message.newQuery(Record.newRecord(asked, Type.TXT, DClass.IN)));
        } catch (TextParseException e) {
            return new Found.Nothing();
        } catch (IOException e) {
            return new Found.Unknown("no name server answered for " + name);
        }
        return switch (answer.getRcode()) {
            case Rcode.NOERROR -> text(answer);
            case Rcode.NXDOMAIN -> new Found.Nothing();
            default -> new Found.Unknown("the name server said " + Rcode.string(answer.getRcode()) + " for " + name);
        };
    }

    /// A name server that resolves for others follows aliases by itself and sends the text with them.
    private static Found text(Message answer) {
        List<TXTRecord> texts = answer.getSection(Section.ANSWER).stream()
                .filter(TXTRecord.class::isInstance)
                .map(TXTRecord.class::cast)
                .toList();
        return texts.size() == 1
                ? new Found.Text(String.join("", texts.getFirst().getStrings()))
                : new Found.Nothing();
    }
}
