package barograph.change;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.site.PartyId;
import barograph.site.Site;
import java.time.Duration;

/// Who must say that a change does what was wanted, as `change.yaml` says it.
final class ConfirmForm {
    private static final Field<Duration> WITHIN = Field.required(
            "within",
            Form.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            "how long the party has once the last stage has the change; then it is rolled back");

    private final Field<PartyId> by;

    private ConfirmForm(Site site) {
        by = Field.required("by", ChangeFile.party(site, true), "the party that must say so");
    }

    static Form<ChangeRequest.Confirm> of(Site site) {
        ConfirmForm form = new ConfirmForm(site);
        return Form.fields(form.by, WITHIN).as("a map", form::make);
    }

    private ChangeRequest.Confirm make(Answers answers) {
        return new ChangeRequest.Confirm(answers.of(by), answers.of(WITHIN));
    }
}
