package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Nearest;
import barograph.form.Note;
import barograph.form.Place;
import barograph.form.Placed;
import barograph.form.Problem;
import barograph.site.ProbeKind.Option;
import barograph.site.ProbeSpec.Expect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// A probe's entry in `site.yaml`: some fields, and the options that its protocol takes.
final class ProbeForm {
    private static final Field<String> USER =
            Field.required("user", Form.text().called("a user name"), "the test account's name");
    private static final Field<Placed<Secret>> PASSWORD = Field.required(
            "password", SecretForm.ANY.placed(), "the test account's password, or one that is meant to be wrong");
    private static final Field<Optional<String>> GROUP = Field.optional(
            "group", Form.text().called("a group's name"), "the group of people that the account stands for");
    private static final Field<Expect> EXPECT =
            Field.standard("expect", Form.choice("outcome", Expect.class), "accept", "what must come of it");
    private static final Field<Duration> WITHIN = Field.standard(
            "within", Form.duration(Duration.ofMillis(100), Duration.ofMinutes(5)), "10s", "how long one try may take");

    /// The protocol of each probe.
    static final Note<ProbeKind> VIA = new Note<>(ProbeKind.class);

    private final Field<ProbeKind> via;
    private final Map<String, String> meanings;

    private ProbeForm(List<ProbeKind> kinds) {
        Map<String, ProbeKind> byName = new LinkedHashMap<>();
        kinds.forEach(kind -> byName.put(kind.name(), kind));
        via = Field.required("via", Form.choice("protocol", byName).noted(VIA), "the protocol that it speaks");
        meanings = meanings(kinds);
    }

    static Form<Function<String, ProbeSpec>> of(List<ProbeKind> kinds) {
        ProbeForm form = new ProbeForm(kinds);
        return Form.fields(form.via, USER, PASSWORD, GROUP, EXPECT, WITHIN)
                .others(form.meanings)
                .check(form::options)
                .check(form::secrets)
                .as("a probe", form::make);
    }

    /// What each option is, with the protocols that take it: `radius-pap: The secret that …`.
    private static Map<String, String> meanings(List<ProbeKind> kinds) {
        Map<String, Map<String, List<String>>> takers = new TreeMap<>();
        for (ProbeKind kind : kinds) {
            for (Option option : kind.options()) {
                takers.computeIfAbsent(option.name(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(option.meaning(), _ -> new ArrayList<>())
                        .add(kind.name());
            }
        }
        Map<String, String> meanings = new LinkedHashMap<>();
        takers.forEach((option, byMeaning) -> {
            List<String> sentences = new ArrayList<>();
            byMeaning.forEach((meaning, names) -> sentences.add(String.join(", ", names) + ": " + meaning));
            meanings.put(option, String.join(" ", sentences));
        });
        return meanings;
    }

    private List<Problem> options(Answers answers) {
        Optional<ProbeKind> kind = answers.find(via);
        if (kind.isEmpty()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        List<String> known = kind.get().options().stream().map(Option::name).toList();
        answers.others().forEach((name, value) -> {
            if (!known.contains(name)) {
                problems.add(new Problem(
                        value.place(), kind.get().name() + " takes no such option.", Nearest.remedy(name, known)));
            }
        });
        kind.get().options().stream()
                .filter(option -> option.required() && !answers.has(option.name()))
                .forEach(option -> problems.add(missing(answers.place(), option)));
        return problems;
    }

    private static Problem missing(Place probe, Option option) {
        Place place = new Place(probe.file(), probe.line(), probe.column(), probe.path() + "." + option.name());
        return new Problem(place, "it is missing.", "Add " + option.name() + ": " + option.meaning());
    }

    /// What must stay secret is not written out; a password that is meant to be wrong is no secret.
    private List<Problem> secrets(Answers answers) {
        List<Problem> problems = new ArrayList<>();
        boolean accept = answers.find(EXPECT).filter(Expect.ACCEPT::equals).isPresent();
        answers.find(PASSWORD)
                .filter(password -> accept && password.value() instanceof Secret.Plain)
                .ifPresent(password -> problems.add(new Problem(
                        password.place(), "a password that must be accepted is written out here.", SecretForm.REMEDY)));
        answers.others().forEach((name, value) -> {
            boolean secret = answers.find(via)
                    .flatMap(kind -> kind.option(name))
                    .filter(Option::secret)
                    .isPresent();
            SecretForm.trouble(value.value(), secret)
                    .ifPresent(what -> problems.add(new Problem(value.place(), what, SecretForm.REMEDY)));
        });
        return problems;
    }

    private Function<String, ProbeSpec> make(Answers answers) {
        Map<String, Secret> options = new HashMap<>();
        answers.others().forEach((name, value) -> options.put(name, Secret.of(value.value())));
        return name -> new ProbeSpec(
                new ProbeId(name),
                answers.of(via).name(),
                answers.of(USER),
                answers.of(PASSWORD).value(),
                answers.of(GROUP),
                answers.of(EXPECT),
                answers.of(WITHIN),
                options);
    }
}
