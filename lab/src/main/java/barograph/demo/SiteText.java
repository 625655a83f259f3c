package barograph.demo;

import barograph.toy.ToyDirectory;
import barograph.toy.ToyPerson;
import java.util.Collection;

/// The files of the demo's site, as people would write them.
final class SiteText {
    static final String HEAD = """
            site: acme-login
            parties:
              acme:
                role: customer
                name: Acme Corp
                domain: acme.example
                desk: helpdesk@acme.example
                people: [ { id: dana, mail: dana@acme.example, may: [request, approve, waive] } ]
              keyring:
                role: vendor
                name: Keyring
                domain: keyring.example
                people: [ { id: kit, mail: kit@keyring.example, may: [confirm] } ]
              us:
                role: operator
                name: Northwind Ops
                domain: northwind.example
                people: [ { id: omar, mail: omar@northwind.example, may: [operate, approve] } ]
            servers:
            """;

    private SiteText() {}

    static String server(String name, ToyDirectory server) {
        String stage = name.equals(Theatre.BACKUP) ? "backup" : name.equals("ldap-1") ? "canary" : "rest";
        return """
              %s:
                kind: files
                at: local
                stage: %s
                host: 127.0.0.1
                port: %d
                config: { root: "%s" }
                validate: '"%s" validate "$CANDIDATE"'
                reload: '"%s" reload'
                health: '"%s" health'
                boot-hook: none
                log: { path: "%s", grammar: slapd }
                speaks: [ "ldap-*" ]
            """.formatted(
                        name,
                        stage,
                        server.port(),
                        server.root(),
                        server.control(),
                        server.control(),
                        server.control(),
                        server.log());
    }

    /// A real site bakes for half an hour and counts a person once in ten minutes; here a minute has to do, so all
    /// spans are shorter by a factor of some hundreds. The rules of judgement are the same.
    static String tail(ToyPerson probe) {
        return """
            probes:
              staff-login:
                via: ldap-bind
                user: "%s"
                password: file:secrets/probe
                group: staff
                expect: accept
                within: 4s
              wrong-password:
                via: ldap-bind
                user: "%s"
                password: "not the password"
                group: staff
                expect: reject
                within: 4s
            wrong-passwords: 100000
            lease: 10s
            watch:
              bake: 4s
              at-most: 2m
              settle: 300ms
              unit: 1s
              learn: 10m
              false-rollback: 1%%
              harmless-below: 8%%
              quiet: 15s
              undecided: roll-back
              blind: roll-back
              probe-every: 1s
            gates: { rehearsal: required, claims: required, forecast: 40%%, approvals: { customer: 0, operator: 1 } }
            notices:
              from: changes@northwind.example
              smtp: file:secrets/smtp
              inbox: file:secrets/imap
              acknowledge-within: 15m
              escalate: [ us ]
            """.formatted(probe.dn(), probe.dn());
    }

    static String change(Mistake mistake, Collection<String> servers) {
        return """
            change: %s
            title: %s
            requested-by: acme/dana
            because: %s
            claims:
              - { party: keyring, says: "Keyring requires this", demand: must }
            servers: [ %s ]
            edit: change.patch
            confirm: { by: keyring, within: 1m }
            """.formatted(mistake.word(), mistake.title(), mistake.because(), String.join(", ", servers));
    }
}
