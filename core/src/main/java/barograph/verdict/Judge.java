package barograph.verdict;

/// Says what the evidence comes to.
///
/// What is proven harmful is harmful, whatever cannot be seen besides. Without sight there is no verdict of health.
/// And health needs proof, time, and nothing that points half-way to harm.
public final class Judge {
    /// With evidence of harm beyond this part of its threshold, nothing is called healthy.
    private static final double SUSPICIOUS = 0.5;

    private Judge() {}

    public static Verdict weigh(Evidence evidence) {
        if (!evidence.charges().isEmpty()) {
            return new Verdict.Harmful(
                    evidence.charges().stream().map(Charge::signal).toList(),
                    evidence.charges().getFirst().because());
        }
        if (evidence.blindness().isPresent()) {
            return new Verdict.Blind(evidence.blindness().get());
        }
        boolean suspicious = evidence.suspicion()
                .filter(suspicion -> suspicion.reach() >= SUSPICIOUS)
                .isPresent();
        boolean baked = !evidence.now().isBefore(evidence.scene().bakedAt());
        if (evidence.health().proven() && baked && !suspicious) {
            return new Verdict.Healthy(evidence.counted().changed().units(), Sentences.healthy(evidence));
        }
        long needed = evidence.health().unitsNeeded();
        return new Verdict.Undecided(
                needed, suspicious ? Sentences.suspicious(evidence) : Sentences.undecided(evidence, baked));
    }
}
