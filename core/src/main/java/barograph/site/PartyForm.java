package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Placed;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A party's entry in `site.yaml`.
///
/// @param mails the people's mail addresses with their places, in the people's order
record PartyForm(Party party, List<Placed<String>> mails) {
    private static final Field<Role> ROLE =
            Field.required("role", Form.choice("role", Role.class), "on which side of the contract the party stands");
    private static final Field<String> NAME = Field.required("name", Words.TITLE, "how letters address it");
    private static final Field<Optional<String>> DOMAIN = Field.optional(
            "domain", Words.DOMAIN, "the mail domain that its own word comes from: mail from elsewhere does not count");
    private static final Field<Optional<String>> DESK =
            Field.optional("desk", Words.MAIL, "its support desk, which is told of everything that users feel");

    private static final Field<String> ID = Field.required("id", Words.NAME, "the person's name within the party");
    private static final Field<Placed<String>> MAIL =
            Field.required("mail", Words.MAIL.placed(), "where notices reach the person");
    private static final Field<List<Right>> MAY = Field.or(
            List.of(),
            "may",
            Form.list(Form.choice("right", Right.class), 0, Right.values().length),
            "what the person may do; nothing if left out, and then the person is only told");

    private record PersonEntry(String id, Placed<String> mail, Set<Right> may) {}

    private static final Form<PersonEntry> PERSON = Form.fields(ID, MAIL, MAY).as("a person", PartyForm::person);
    private static final Field<List<Placed<PersonEntry>>> PEOPLE =
            Field.required("people", Form.list(PERSON.placed(), 1, 200), "who answers for it");

    static final Form<Function<String, PartyForm>> FORM =
            Form.fields(ROLE, NAME, DOMAIN, PEOPLE, DESK).as("a party", PartyForm::make);

    private static PersonEntry person(Answers answers) {
        Set<Right> may = EnumSet.noneOf(Right.class);
        may.addAll(answers.of(MAY));
        return new PersonEntry(answers.of(ID), answers.of(MAIL), may);
    }

    private static Function<String, PartyForm> make(Answers answers) {
        List<PersonEntry> people =
                answers.of(PEOPLE).stream().map(Placed::value).toList();
        return name -> {
            PartyId id = new PartyId(name);
            Party party = new Party(
                    id,
                    answers.of(ROLE),
                    answers.of(NAME),
                    answers.of(DOMAIN),
                    people.stream()
                            .map(person -> new Person(
                                    new PersonId(id, person.id()), person.mail().value(), person.may()))
                            .toList(),
                    answers.of(DESK));
            return new PartyForm(party, people.stream().map(PersonEntry::mail).toList());
        };
    }
}
