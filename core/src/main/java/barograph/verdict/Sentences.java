package barograph.verdict;

import barograph.verdict.Evidence.Scene;
import barograph.verdict.FailureScale.Tally;

/// What a person is told with a verdict: two plain sentences, with the numbers.
public final class Sentences {
    /// The segment of a signal that hits all.
    public static final String EVERYBODY = "everybody";

    /// Of so many, a share is told in percent, too.
    private static final int MANY = 20;

    private Sentences() {}

    /// What a stream that proves harm says.
    ///
    /// @param together by what factor the evidence of all streams exceeds what proves harm
    public static String harm(Signal signal, Scene scene, double together) {
        String chance = " Of harmless changes, " + Wording.chance(together / scene.falseRollback())
                + " would ever look like this.";
        return what(signal, scene) + chance;
    }

    /// The first sentence about a stream: who, how many, since when, and what is usual.
    private static String what(Signal signal, Scene scene) {
        String on = "On " + Wording.servers(scene.changed()) + ", ";
        String since = " since " + Wording.clock(scene.since());
        if (signal.stream().startsWith("silence:")) {
            long came = signal.units() - signal.hits();
            return on + (came == 0 ? "none" : "only " + Wording.count(came)) + " of about "
                    + Wording.count(signal.units()) + " expected people and devices" + whose(signal) + " came" + since
                    + (scene.controlled() ? "; the unchanged servers were not so quiet." : ".");
        }
        String usual = scene.controlled() ? "; on the unchanged servers it is " : "; before the change it was ";
        String many = Wording.count(signal.hits()) + " of " + Wording.count(signal.units()) + " logins" + whose(signal);
        String what = signal.stream().startsWith("slow:")
                ? " took longer than 19 of 20 did before,"
                : signal.stream().startsWith("fail:reason:") ? " failed with " + name(signal) : " failed";
        return on + many + what + since + most(signal) + usual + Wording.share(signal.usual()) + ".";
    }

    /// Names the segment that has most of the hits of a stream of many.
    private static String most(Signal signal) {
        boolean many = !signal.stream().contains(":group:") && !signal.segment().equals(EVERYBODY);
        return many && !signal.segment().equals(name(signal)) ? ", most of them of " + signal.segment() : "";
    }

    private static String whose(Signal signal) {
        String stream = signal.stream();
        if (stream.contains(":group:")) {
            return " of " + signal.segment();
        }
        if (stream.startsWith("fail:method:")) {
            return " by " + name(signal);
        }
        if (stream.startsWith("fail:realm:")) {
            return " of realm " + name(signal);
        }
        return stream.startsWith("fail:client:") ? " through " + name(signal) : "";
    }

    private static String name(Signal signal) {
        return signal.stream()
                .substring(signal.stream().indexOf(':', signal.stream().indexOf(':') + 1) + 1);
    }

    static String healthy(Evidence evidence) {
        String ruledOut = "A rise of " + Wording.points(evidence.health().below())
                + " or more in failing logins would have shown: it is ruled out with 95% confidence.";
        String unseen = evidence.health().unseen().isEmpty()
                ? ""
                : " Not seen at all: nobody came of "
                        + Wording.names(evidence.health().unseen()) + ".";
        return counted(evidence) + " " + ruledOut + unseen;
    }

    static String undecided(Evidence evidence, boolean baked) {
        long needed = evidence.health().unitsNeeded();
        if (evidence.health().proven() && !baked) {
            return counted(evidence) + " No sign of harm; it is watched until "
                    + Wording.clock(evidence.scene().bakedAt()) + " at least.";
        }
        return counted(evidence) + " No sign of harm so far; about " + Wording.count(needed)
                + " more logins that fail no oftener than usual would rule out a rise of "
                + Wording.points(evidence.health().below()) + ".";
    }

    static String suspicious(Evidence evidence) {
        return evidence.suspicion()
                .map(suspicion -> what(suspicion.signal(), evidence.scene())
                        + " That looks bad and is not proven yet: the evidence has come "
                        + Math.round(Math.min(0.99, suspicion.reach()) * 100) + "% of the way. Look at it now.")
                .orElseGet(() -> counted(evidence));
    }

    private static String counted(Evidence evidence) {
        Tally changed = evidence.counted().changed();
        Scene scene = evidence.scene();
        String servers = Wording.servers(scene.changed());
        String since = " since " + Wording.clock(scene.since());
        if (changed.units() == 0) {
            return "On " + servers + ", no login has counted yet" + since + ".";
        }
        Tally unchanged = evidence.counted().unchanged();
        String usual = scene.controlled() && unchanged.units() > 0
                ? "; on the unchanged servers, " + failed(unchanged) + percent(unchanged)
                : "; before the change it was "
                        + Wording.share(evidence.counted().usual());
        return "On " + servers + ", " + failed(changed) + " logins failed" + percent(changed) + since + usual + ".";
    }

    private static String failed(Tally tally) {
        return Wording.count(tally.hits()) + " of " + Wording.count(tally.units());
    }

    private static String percent(Tally tally) {
        return tally.units() < MANY ? "" : " (" + Wording.percent((double) tally.hits() / tally.units()) + ")";
    }
}
