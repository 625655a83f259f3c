package barograph.api;

import barograph.api.Door.Unfit;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.ldif.LDIFRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Entries of `cn=config` as LDIF files, in folders as slapd's own `slapd.d` has them, one attribute's values a line
/// each,
/// unfolded, in the order of the attributes' names. What slapd itself notes (times, authors, `entryUUID`) is not told.
final class ConfigFiles {
    static final String ROOT = "cn=config";
    private static final String LDIF = ".ldif";
    private static final Pattern ORDERED = Pattern.compile("\\{(-?[0-9]+)}.*", Pattern.DOTALL);

    private ConfigFiles() {}

    /// `olcDatabase={1}mdb,cn=config` is `cn=config/olcDatabase={1}mdb.ldif`.
    static String path(String dn) throws LDAPException {
        List<RDN> names = new ArrayList<>(Arrays.asList(new DN(dn).getRDNs()));
        Collections.reverse(names);
        return names.stream().map(name -> name.toString().replace("/", "%2F")).collect(Collectors.joining("/")) + LDIF;
    }

    static String dn(String path) {
        List<String> names = new ArrayList<>(
                Arrays.asList(path.substring(0, path.length() - LDIF.length()).split("/", -1)));
        Collections.reverse(names);
        return String.join(",", names).replace("%2F", "/");
    }

    static String text(Entry entry) {
        StringBuilder text = new StringBuilder();
        line(text, "dn", entry.getDN().getBytes(StandardCharsets.UTF_8));
        entry.getAttributes().stream()
                .sorted(Comparator.comparing(
                        Attribute::getName,
                        Comparator.comparing((String name) -> !name.equalsIgnoreCase("objectClass"))
                                .thenComparing(String.CASE_INSENSITIVE_ORDER)))
                .forEach(attribute -> Arrays.stream(attribute.getValueByteArrays())
                        .sorted(Comparator.comparing(ConfigFiles::place).thenComparing(ConfigFiles::latin))
                        .forEach(value -> line(text, attribute.getName(), value)));
        return text.toString();
    }

    private static String latin(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    /// The place that a value itself says it has: `{2}to *`.
    private static Integer place(byte[] value) {
        Matcher ordered = ORDERED.matcher(latin(value));
        return ordered.matches() && ordered.group(1).length() < 9 ? Integer.parseInt(ordered.group(1)) : 0;
    }

    private static void line(StringBuilder text, String name, byte[] value) {
        boolean plain = value.length == 0 || (" :<".indexOf(value[0]) < 0 && value[value.length - 1] != ' ');
        for (byte b : value) {
            plain &= b >= 32 && b < 127;
        }
        text.append(name)
                .append(plain ? ": " : ":: ")
                .append(plain ? latin(value) : java.util.Base64.getEncoder().encodeToString(value))
                .append('\n');
    }

    static Entry entry(String path, String text) throws Unfit {
        if (record(path, text) instanceof Entry entry) {
            return entry;
        }
        throw unfit(path, "it is no entry");
    }

    private static LDIFRecord record(String path, String text) throws Unfit {
        try (LDIFReader reader = new LDIFReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            LDIFRecord record = reader.readLDIFRecord();
            if (record == null || reader.readLDIFRecord() != null) {
                throw unfit(path, "it holds not one entry");
            }
            if (!new DN(record.getDN()).equals(new DN(dn(path)))) {
                throw unfit(path, "its dn is " + record.getDN());
            }
            return record;
        } catch (LDIFException e) {
            throw unfit(path, "line " + e.getLineNumber() + ": it is no LDIF");
        } catch (LDAPException e) {
            throw unfit(path, "its dn is none");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // it is in memory
        }
    }

    private static Unfit unfit(String path, String what) {
        return new Unfit(path + ": " + what + ". Write one entry with the dn " + dn(path)
                + ", whole or as a change (changetype: modify)");
    }

    /// A whole entry stands for itself; a change record is done to the entry that is there.
    static String laid(String path, Optional<String> before, String written) throws Unfit {
        if (!path.endsWith(LDIF) || !path.startsWith(ROOT)) {
            throw new Unfit(path + " is no entry of " + ROOT + ": its file is called as in slapd.d, such as "
                    + "cn=config/olcDatabase={1}mdb.ldif");
        }
        LDIFRecord record = record(path, written);
        if (record instanceof Entry entry) {
            return text(entry);
        }
        if (!(record instanceof LDIFModifyChangeRecord change)) {
            throw unfit(path, "it is a change of another sort than modify (" + sort(record) + ")");
        }
        if (before.isEmpty()) {
            throw unfit(path, "there is no such entry to be changed");
        }
        try {
            return text(Entry.applyModifications(entry(path, before.get()), false, change.getModifications()));
        } catch (LDAPException e) {
            throw unfit(path, "the change does not fit the entry that is there (" + e.getMessage() + ")");
        }
    }

    private static String sort(LDIFRecord record) {
        return record instanceof LDIFChangeRecord change
                ? change.getChangeType().getName()
                : "unknown";
    }

    /// Each attribute with all its values; the classes apart, which slapd may call by another name than it was told.
    static Map<String, String> facts(String path, String text) {
        Map<String, String> facts = new HashMap<>();
        if (!text.isEmpty()) {
            text.lines().forEach(line -> {
                String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                facts.merge(name, line, (one, other) -> one + "\n" + other);
            });
            facts.remove("objectclass");
        }
        return facts;
    }
}
