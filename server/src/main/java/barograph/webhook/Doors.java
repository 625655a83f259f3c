package barograph.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Looks host names up, and refuses internal addresses: whoever may write an address for webhooks must not reach what
/// only
/// this machine can reach (OWASP, Server Side Request Forgery).
///
/// The addresses that were looked at are the ones that are connected to, so that a name cannot be another one a moment
/// later.
final class Doors implements DnsResolver {
    private final Set<String> inside;
    private final DnsResolver names;

    /// @param inside hosts that may be internal
    Doors(List<String> inside) {
        this(inside, SystemDefaultDnsResolver.INSTANCE);
    }

    Doors(List<String> inside, DnsResolver names) {
        this.inside = Set.copyOf(
                inside.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
        this.names = names;
    }

    /// @throws Internal when one of its addresses is internal, and the host is not named as such
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.resolve(host);
        if (!mayBeInside(host) && Arrays.stream(found).anyMatch(Doors::isInternal)) {
            throw new Internal(bare(host));
        }
        return found;
    }

    /// Whether the site names a host as one of its own; case does not matter.
    boolean mayBeInside(String host) {
        return inside.contains(bare(host));
    }

    private static String bare(String host) {
        return host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    /// A host that a webhook must not reach.
    static final class Internal extends UnknownHostException {
        private static final long serialVersionUID = 1;

        Internal(String host) {
            super(host + " has an internal address. If requests are meant to go there, write notices: { inside: [ "
                    + host + " ] } into site.yaml.");
        }
    }

    /// Whether an address is not one of the public internet (IANA special-purpose address registries).
    static boolean isInternal(InetAddress address) {
        byte[] b = address.getAddress();
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        return b.length == 4 ? isInternal4(b) : isInternal6(b);
    }

    private static boolean isInternal4(byte[] b) {
        int first = Byte.toUnsignedInt(b[0]);
        int second = Byte.toUnsignedInt(b[1]);
        return first == 0
                || (first == 100 && second >= 64 && second < 128) // shared address space, RFC 6598
                || (first == 192 && second == 0 && b[2] == 0)
                || (first == 198 && (second == 18 || second == 19)) // benchmarks, RFC 2544
                || first >= 240;
    }

    /// Unique local (RFC 4193), and IPv4 in disguise: mapped, compatible, NAT64, 6to4.
    private static boolean isInternal6(byte[] b) {
        if ((b[0] & 0xfe) == 0xfc) {
            return true;
        }
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= b[i] == 0;
        }
        if (zeros) {
            return true;
        }
        if (b[0] == 0x00 && b[1] == 0x64 && b[2] == (byte) 0xff && b[3] == (byte) 0x9b) {
            return inner(b, 12);
        }
        return b[0] == 0x20 && b[1] == 0x02 && inner(b, 2);
    }

    private static boolean inner(byte[] b, int from) {
        try {
            return isInternal(InetAddress.getByAddress(Arrays.copyOfRange(b, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
