package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Note;
import barograph.form.Place;
import barograph.form.Placed;
import barograph.form.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A party's entry in `site.yaml`.
final class PartyForm {
    /// The mail address of each person.
    static final Note<String> MAILS = new Note<>(String.class);

    private static final Field<Role> ROLE =
            Field.required("role", Form.choice("role", Role.class), "on which side of the contract the party stands");
    private static final Field<String> NAME = Field.required("name", Words.TITLE, "how letters address it");
    private static final Field<Optional<String>> DOMAIN = Field.optional(
            "domain", Words.DOMAIN, "the mail domain that its own word comes from: mail from elsewhere does not count");
    private static final Field<Optional<String>> DESK =
            Field.optional("desk", Words.MAIL, "its support desk, which is told of everything that users feel");

    private static final Field<Placed<String>> ID =
            Field.required("id", Words.NAME.placed(), "the person's name within the party");
    private static final Field<String> MAIL =
            Field.required("mail", Words.MAIL.noted(MAILS), "where notices reach the person");
    private static final Field<List<Right>> MAY = Field.or(
            List.of(),
            "may",
            Form.list(Form.choice("right", Right.class), 0, Right.values().length),
            "what the person may do; nothing if left out, and then the person is only told");

    private record Member(Placed<String> id, String mail, Set<Right> may) {}

    private static final Form<Member> MEMBER = Form.fields(ID, MAIL, MAY).as("a person", PartyForm::member);
    private static final Field<List<Member>> PEOPLE =
            Field.required("people", Form.list(MEMBER, 1, 200).check(PartyForm::eachOnce), "who answers for it");

    static final Form<Function<String, Party>> FORM =
            Form.fields(ROLE, NAME, DOMAIN, PEOPLE, DESK).as("a party", PartyForm::make);

    private PartyForm() {}

    private static Member member(Answers answers) {
        Set<Right> may = EnumSet.noneOf(Right.class);
        may.addAll(answers.of(MAY));
        return new Member(answers.of(ID), answers.of(MAIL), may);
    }

    private static List<Problem> eachOnce(List<Member> people, Place place) {
        Set<String> seen = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        people.stream()
                .map(Member::id)
                .filter(id -> !seen.add(id.value()))
                .forEach(id -> problems.add(new Problem(
                        id.place(),
                        "there is already a person '" + id.value() + "' here.",
                        "Give each person of the party an id of their own.")));
        return problems;
    }

    private static Function<String, Party> make(Answers answers) {
        return name -> {
            PartyId id = new PartyId(name);
            return new Party(
                    id,
                    answers.of(ROLE),
                    answers.of(NAME),
                    answers.of(DOMAIN),
                    answers.of(PEOPLE).stream()
                            .map(person ->
                                    new Person(new PersonId(id, person.id().value()), person.mail(), person.may()))
                            .toList(),
                    answers.of(DESK));
        };
    }
}
