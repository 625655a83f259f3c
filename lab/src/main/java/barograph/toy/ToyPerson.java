package barograph.toy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Somebody who logs in at the toy directories.
///
/// @param name unique, such as `ada-17`
/// @param group the `ou` that the person's entry stands in
/// @param password the right one
/// @param device the address that the person's logins come from, 127.x.y.z
/// @param stale whether the device remembers an old password and tries it for ever
public record ToyPerson(String name, String group, String password, InetAddress device, boolean stale) {
    public static final String SUFFIX = "dc=toy,dc=example";

    private static final String[] NAMES = {
        "ada",
        "alan",
        "barbara",
        "donald",
        "edsger",
        "frances",
        "grace",
        "hedy",
        "jean",
        "john",
        "karen",
        "ken",
        "leslie",
        "lynn",
        "margaret",
        "niklaus",
        "radia",
        "shafi",
        "sophie",
        "tim",
        "vint",
        "whitfield"
    };

    /// Seven of ten are staff, two are guests, one is a contractor; the last device has a stale password.
    public static List<ToyPerson> crowd(int count, long seed) {
        if (count < 1 || count > 10_000) {
            throw new IllegalArgumentException("a crowd has 1 to 10,000 people, not " + count);
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<ToyPerson> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int share = i % 10;
            String group = share < 7 ? "staff" : share < 9 ? "guests" : "contractors";
            String name = NAMES[random.nextInt(NAMES.length)] + "-" + (i + 1);
            String password = Long.toString(random.nextLong(1L << 50, 1L << 53), 36);
            boolean stale = count > 1 && i == count - 1;
            people.add(new ToyPerson(name, group, password, device(i), stale));
        }
        return List.copyOf(people);
    }

    private static InetAddress device(int index) {
        return InetAddress.ofLiteral("127.7." + (index / 250 + 1) + "." + (index % 250 + 2));
    }

    public String dn() {
        return "uid=" + name + ",ou=" + group + "," + SUFFIX;
    }

    /// A `people.ldif` with these people and their groups.
    public static String ldif(List<ToyPerson> people) {
        StringBuilder text = new StringBuilder("dn: " + SUFFIX + "\nobjectClass: domain\ndc: toy\n");
        people.stream()
                .map(ToyPerson::group)
                .distinct()
                .sorted()
                .forEach(group -> text.append("\ndn: ou=")
                        .append(group)
                        .append(',')
                        .append(SUFFIX)
                        .append("\nobjectClass: organizationalUnit\nou: ")
                        .append(group)
                        .append('\n'));
        people.stream()
                .sorted(Comparator.comparing(ToyPerson::name))
                .forEach(person -> text.append("\ndn: ")
                        .append(person.dn())
                        .append("\nobjectClass: inetOrgPerson\nuid: ")
                        .append(person.name)
                        .append("\ncn: ")
                        .append(person.name)
                        .append("\nsn: ")
                        .append(person.name)
                        .append("\nuserPassword: ")
                        .append(person.password)
                        .append('\n'));
        return text.toString();
    }

    /// Without the password.
    @Override
    public String toString() {
        return name;
    }
}
