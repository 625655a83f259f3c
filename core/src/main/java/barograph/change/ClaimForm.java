package barograph.change;

import barograph.claims.Claim;
import barograph.claims.Demand;
import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.site.PartyId;
import barograph.site.Site;
import barograph.site.Words;

/// A claim, as `change.yaml` makes it.
final class ClaimForm {
    private static final Field<String> SAYS =
            Field.required("says", Words.SENTENCES, "the words that are put into its mouth, as it will be asked");
    private static final Field<Demand> DEMAND = Field.required(
            "demand",
            Form.choice("demand", Demand.class),
            "how strongly it is said to want it: must, want, or says for what is only said to be so");

    private final Field<PartyId> about;

    private ClaimForm(Site site) {
        about = Field.required(
                "party", ChangeFile.party(site, site.gates().claims()), "the party that is said to want it");
    }

    static Form<Claim> of(Site site) {
        ClaimForm form = new ClaimForm(site);
        return Form.fields(form.about, SAYS, DEMAND).as("a claim", form::make);
    }

    private Claim make(Answers answers) {
        return new Claim(answers.of(about), answers.of(SAYS), answers.of(DEMAND));
    }
}
