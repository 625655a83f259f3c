package barograph.notices;

import barograph.claims.Claim;
import barograph.gates.Gate;
import barograph.gates.GateState;
import barograph.gates.Waiver;
import barograph.lease.Drift;
import barograph.rollout.Event;
import barograph.site.ServerId;
import barograph.site.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Why people must be told something.
public sealed interface Occasion {
    /// What stands for it in the record, for ever: under one id nobody is told twice.
    String id();

    /// A claim about a party waits for that party's own word.
    ///
    /// @param number its place among the change's claims, from 1
    record ClaimAsked(int number, Claim claim) implements Occasion {
        @Override
        public String id() {
            return "claim-" + number;
        }
    }

    /// The forecast or the rehearsal speaks against the change, and a gate is shut because of it.
    ///
    /// @param gates at least one
    record Warned(List<GateState.Shut> gates) implements Occasion {
        public Warned {
            gates = List.copyOf(gates);
        }

        @Override
        public String id() {
            return gates.stream().map(shut -> shut.gate().name()).collect(Collectors.joining("-", "warned-", ""));
        }
    }

    /// People of one side still have to agree to it.
    record ApprovalAsked(Gate.Approvals gate, String waitsFor) implements Occasion {
        @Override
        public String id() {
            return "approval-" + word(gate.role());
        }
    }

    /// A named person accepted a named risk.
    ///
    /// @param number its place among the change's waivers, from 1
    record Waived(int number, Waiver waiver) implements Occasion {
        @Override
        public String id() {
            return "waived-" + number;
        }
    }

    /// The first server of a stage has it.
    record Applied(Stage stage) implements Occasion {
        @Override
        public String id() {
            return "applied-" + stage;
        }
    }

    /// The party with the last word is asked for it.
    record ConfirmationAsked(Instant deadline) implements Occasion {
        @Override
        public String id() {
            return "confirmation-asked";
        }
    }

    /// The watch came to no verdict, and an operator has to decide.
    record DecisionAsked(Stage stage, String because) implements Occasion {
        @Override
        public String id() {
            return "decision-asked-" + stage;
        }
    }

    /// Somebody else changed files of the change on a server, and an operator has to decide.
    ///
    /// @param entry the index of the entry that says so
    record Drifted(long entry, ServerId server, List<Drift> files) implements Occasion {
        @Override
        public String id() {
            return "drifted-" + entry;
        }
    }

    /// A host cannot be brought back so far.
    record PersonNeeded(ServerId server, String because) implements Occasion {
        @Override
        public String id() {
            return "person-needed-" + server;
        }
    }

    /// It stays.
    record Confirmed() implements Occasion {
        @Override
        public String id() {
            return "confirmed";
        }
    }

    /// Every server has its old configuration back.
    record RolledBack() implements Occasion {
        @Override
        public String id() {
            return "rolled-back";
        }
    }

    /// It was taken back, and at least one server is not as it was before.
    record LeftAmiss() implements Occasion {
        @Override
        public String id() {
            return "needs-a-person";
        }
    }

    /// It was given up before any server had it.
    record Withdrawn() implements Occasion {
        @Override
        public String id() {
            return "withdrawn";
        }
    }

    /// Somebody wrote, and an operator has to read it.
    ///
    /// @param entry the index of its entry in the record
    record MailCame(long entry, Event.MailReceived mail) implements Occasion {
        @Override
        public String id() {
            return "mail-" + entry;
        }
    }

    /// A notice does not get through to somebody.
    ///
    /// @param entry the index of the entry that tells of the attempt after which it is said so
    record Undelivered(long entry, Event.NoticeFailed failure) implements Occasion {
        @Override
        public String id() {
            return "undelivered-" + entry;
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
