package barograph.probe;

import barograph.login.Step;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The step `authorize` of a directory login: the option `member-of` must hold once the user is in.
final class Membership {
    private Membership() {}

    /// @param dn whom the user turned out to be
    static Answer answer(Attempt attempt, LdapLine line, String dn, Map<String, String> reply) throws Halt {
        Optional<String> wanted = attempt.option("member-of");
        if (wanted.isEmpty()) {
            return new Answer(true, "accepted", reply);
        }
        attempt.way().reach(Step.AUTHORIZE);
        if (holds(attempt, line, dn, wanted.get())) {
            Map<String, String> told = new HashMap<>(reply);
            told.put("group", attempt.probe().group().orElse(wanted.get()));
            return new Answer(true, "accepted", told);
        }
        String group = attempt.probe().group().orElse(wanted.get());
        return new Answer(false, "accepted without group " + group, reply);
    }

    private static boolean holds(Attempt attempt, LdapLine line, String dn, String wanted) throws Halt {
        if (!DN.isValidDN(dn)) {
            throw attempt.misconfigured("'" + dn + "' is no entry's name, so that its groups cannot be looked up; "
                    + "use ldap-login instead of ldap-bind");
        }
        int sign = wanted.indexOf('=');
        if (sign < 1) {
            throw attempt.misconfigured("its member-of '" + wanted + "' is neither a group's name nor attribute=value");
        }
        String attribute = wanted.substring(0, sign).strip();
        String value = wanted.substring(sign + 1).strip();
        // `cn=staff,dc=acme` names an entry; `memberOf=cn=staff,dc=acme` and `employeeType=staff` name a value.
        boolean entry = wanted.contains(",") && !DN.isValidDN(value) && DN.isValidDN(wanted);
        return entry ? isMember(attempt, line, dn, wanted) : line.has(dn, attribute, value);
    }

    private static boolean isMember(Attempt attempt, LdapLine line, String dn, String group) throws Halt {
        String member = Filter.encodeValue(dn);
        String filter = "(|(member=" + member + ")(uniqueMember=" + member + ")(memberUid="
                + Filter.encodeValue(attempt.probe().user()) + "))";
        return line.find(group, filter).stream().anyMatch(found -> isSame(found, group));
    }

    private static boolean isSame(String found, String group) {
        try {
            return DN.equals(found, group);
        } catch (LDAPException e) {
            return false; // a name that cannot be read is not the group's, which could
        }
    }
}
