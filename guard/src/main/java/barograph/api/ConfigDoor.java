package barograph.api;

import barograph.api.Door.Trouble.Sort;
import barograph.probe.Trust;
import barograph.secrets.Secrets;
import barograph.site.Api;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// The `cn=config` of an OpenLDAP server. What it does was tried with 2.5.13.
///
/// Each change takes the very values away that were read, so that slapd itself refuses it where somebody else has
/// changed the same attribute meanwhile: all of a request is done, or nothing.
final class ConfigDoor implements Door {
    private static final String LOCKS_OUT =
            "Barograph itself gets in by it, and could lock itself out before it can put anything back";

    private final Api api;
    private final Secrets secrets;
    private final int limit;
    private @Nullable LDAPConnection connection;

    /// @param limit how long one request may take
    ConfigDoor(Api api, Secrets secrets, Duration limit) {
        this.api = api;
        this.secrets = secrets;
        this.limit = (int) limit.toMillis();
    }

    @Override
    public Tree read() throws Trouble {
        try {
            List<SearchResultEntry> entries = Objects.requireNonNull(connected()
                    .search(ConfigFiles.ROOT, SearchScope.SUB, "(objectClass=*)", "*")
                    .getSearchEntries());
            TreeMap<String, String> files = new TreeMap<>();
            for (SearchResultEntry entry : entries) {
                files.put(ConfigFiles.path(entry.getDN()), ConfigFiles.text(entry));
            }
            return new Tree(files, Map.of());
        } catch (LDAPSearchException e) {
            throw trouble(e, "the search for all of " + ConfigFiles.ROOT);
        } catch (LDAPException e) {
            throw trouble(e, "a name in " + ConfigFiles.ROOT);
        }
    }

    private LDAPConnection connected() throws Trouble {
        LDAPConnection known = connection;
        if (known != null && known.isConnected()) {
            return known;
        }
        boolean secured = api.at().getScheme().equals("ldaps");
        int port = api.at().getPort() > 0 ? api.at().getPort() : secured ? 636 : 389;
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(limit);
        options.setResponseTimeoutMillis(limit);
        options.setUseSchema(false);
        if (secured) {
            options.setSSLSocketVerifier(new com.unboundid.util.ssl.HostNameSSLSocketVerifier(true));
        }
        try {
            SocketFactory sockets = secured
                    ? Trust.context(api.ca().map(secrets::reveal)).getSocketFactory()
                    : SocketFactory.getDefault();
            LDAPConnection fresh = new LDAPConnection(sockets, options, api.host(), port);
            connection = fresh;
            fresh.bind(api.user(), secrets.reveal(api.password()));
            return fresh;
        } catch (LDAPException e) {
            close();
            throw trouble(e, "the login of " + api.user());
        } catch (GeneralSecurityException | IOException e) {
            throw new Trouble(Sort.FORBIDDEN, "the certificates of its api.ca cannot be used: " + e.getMessage());
        }
    }

    @Override
    public String laid(String path, Optional<String> before, String written) throws Unfit {
        return ConfigFiles.laid(path, before, written);
    }

    @Override
    public Optional<String> objection(String path, Tree from, Tree to) {
        boolean oneSided = from.file(path).isPresent() != to.file(path).isPresent();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (oneSided && !name.startsWith("olcOverlay=")) {
            return Optional.of(
                    name.startsWith("olcDatabase=")
                            ? "a database cannot be taken out of a running slapd without its people being cut off, and in"
                                    + " many versions not at all, so an added one could not be taken back"
                            : "slapd does not take such an entry out while it runs, so an added one could not be taken"
                                    + " back");
        }
        Map<String, String> before = facts(path, from.file(path).orElse(""));
        Map<String, String> after = facts(path, to.file(path).orElse(""));
        TreeSet<String> touched = new TreeSet<>(before.keySet());
        touched.addAll(after.keySet());
        touched.removeIf(each -> Optional.ofNullable(before.get(each)).equals(Optional.ofNullable(after.get(each))));
        if (touched.contains("olcmoduleload") && !oneSided) {
            return Optional.of("slapd does not unload a module while it runs, so an added one could not be taken back");
        }
        boolean ours = name.startsWith("olcDatabase={0}config");
        return ours && (touched.contains("olcrootdn") || touched.contains("olcrootpw"))
                ? Optional.of(LOCKS_OUT)
                : Optional.empty();
    }

    @Override
    public void write(String path, Tree live, Tree goal) throws Trouble {
        String dn = ConfigFiles.dn(path);
        Optional<String> now = live.file(path);
        Optional<String> wanted = goal.file(path);
        try {
            if (wanted.isEmpty()) {
                connected().delete(dn);
            } else if (now.isEmpty()) {
                connected().add(ConfigFiles.entry(path, wanted.get()));
            } else {
                modify(dn, ConfigFiles.entry(path, now.get()), ConfigFiles.entry(path, wanted.get()));
            }
        } catch (LDAPException e) {
            throw trouble(e, "the change of " + dn);
        } catch (Unfit e) {
            throw new Trouble(Sort.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private void modify(String dn, Entry now, Entry wanted) throws Trouble, LDAPException {
        List<Modification> strict = modifications(now, wanted, false);
        if (strict.isEmpty()) {
            return;
        }
        try {
            connected().modify(dn, strict);
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.INAPPROPRIATE_MATCHING)) {
                throw e;
            }
            connected().modify(dn, modifications(now, wanted, true)); // an attribute whose values slapd cannot compare
        }
    }

    /// @param blind whether what is there is replaced, whatever it is by now
    private static List<Modification> modifications(Entry now, Entry wanted, boolean blind) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        now.getAttributes().forEach(attribute -> names.add(attribute.getName()));
        wanted.getAttributes().forEach(attribute -> names.add(attribute.getName()));
        List<Modification> modifications = new ArrayList<>();
        for (String name : names) {
            Attribute before = now.getAttribute(name);
            Attribute after = wanted.getAttribute(name);
            if (values(before).equals(values(after))) {
                continue;
            }
            if (blind) {
                modifications.add(new Modification(ModificationType.REPLACE, name, raw(after)));
                continue;
            }
            if (before != null) {
                modifications.add(new Modification(ModificationType.DELETE, name, raw(before)));
            }
            if (after != null) {
                modifications.add(new Modification(ModificationType.ADD, name, raw(after)));
            }
        }
        return modifications;
    }

    private static byte[][] raw(@Nullable Attribute attribute) {
        return attribute == null ? new byte[0][] : attribute.getValueByteArrays();
    }

    private static List<String> values(@Nullable Attribute attribute) {
        return attribute == null ? List.of() : Arrays.asList(attribute.getValues());
    }

    @Override
    public Map<String, String> facts(String path, String text) {
        return ConfigFiles.facts(path, text);
    }

    @Override
    public boolean comesWith(String path, String asked) {
        return false;
    }

    @Override
    public void health() throws Trouble {
        try {
            connected().getRootDSE();
        } catch (LDAPException e) {
            throw trouble(e, "the question for its root");
        }
    }

    private Trouble trouble(LDAPException e, String what) {
        ResultCode code = e.getResultCode();
        boolean silent = code.isClientSideResultCode()
                || code.equals(ResultCode.UNAVAILABLE)
                || code.equals(ResultCode.BUSY)
                || code.equals(ResultCode.TIMEOUT);
        boolean forbidden = code.equals(ResultCode.INVALID_CREDENTIALS)
                || code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)
                || code.equals(ResultCode.NO_SUCH_OBJECT)
                || code.equals(ResultCode.CONFIDENTIALITY_REQUIRED);
        boolean overtaken =
                code.equals(ResultCode.NO_SUCH_ATTRIBUTE) || code.equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS);
        if (silent) {
            close();
        }
        String words = e.getDiagnosticMessage() == null ? "" : ": " + e.getDiagnosticMessage();
        return new Trouble(
                silent ? Sort.SILENT : forbidden ? Sort.FORBIDDEN : overtaken ? Sort.OVERTAKEN : Sort.REFUSED,
                "slapd at " + api + (silent ? " did not answer to " : " refused ") + what + ": " + code.getName() + " ("
                        + code.intValue() + ")" + (silent ? " " + e.getMessage() : words));
    }

    @Override
    public void close() {
        LDAPConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
