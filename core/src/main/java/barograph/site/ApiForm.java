package barograph.site;

import barograph.form.Answers;
import barograph.form.Field;
import barograph.form.Form;
import barograph.form.Parsed;
import barograph.form.Place;
import barograph.form.Placed;
import barograph.form.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the API of a server is reached, which is configured over one.
///
/// @param address with its place, since the kind decides which are good
record ApiForm(
        Placed<URI> address,
        Optional<String> realm,
        String user,
        Secret password,
        Optional<String> login,
        Optional<Secret> ca,
        Place place) {
    private static final String SHAPE =
            "(https?|ldaps?)://([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?";
    private static final Pattern ADDRESS = Pattern.compile(SHAPE);
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]+){3}|localhost|\\[::1]");
    private static final String WANTED = "an address such as https://10.0.0.21:8443 or ldaps://10.0.0.31";

    private static final Field<Placed<URI>> AT = Field.required(
            "at", Form.notation(WANTED, "^" + SHAPE + "$", ApiForm::address).placed(), "the API's address");
    private static final Field<Optional<String>> REALM =
            Field.optional("realm", Form.text().called("the name of a realm"), "the realm that is configured there");
    private static final Field<String> USER = Field.required(
            "user",
            Form.text().atMost(400).called("a user, client:NAME, or a DN"),
            "who Barograph logs in as: a user, client:NAME for a client's service account, or a DN");
    private static final Field<Placed<Secret>> PASSWORD =
            Field.required("password", SecretForm.ANY.placed(), "the password or the client's secret");
    private static final Field<Optional<String>> LOGIN = Field.optional(
            "login-realm", Form.text().called("the name of a realm"), "the realm of the user; master if left out");
    private static final Field<Optional<Secret>> CA = Field.optional(
            "ca",
            SecretForm.ANY,
            "the certificates that it must show one of, as file:PATH of a PEM file; those that Java trusts if left out");

    static final Form<ApiForm> FORM = Form.fields(AT, REALM, USER, PASSWORD, LOGIN, CA)
            .check(ApiForm::hidden)
            .as(
                    "the API's address, user and password",
                    answers -> new ApiForm(
                            answers.of(AT),
                            answers.of(REALM),
                            answers.of(USER),
                            answers.of(PASSWORD).value(),
                            answers.of(LOGIN),
                            answers.of(CA),
                            answers.place()));

    private static Parsed<URI> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return new Parsed.Wrong<>("is not the address of an API.", "Write " + WANTED + ".");
        }
        URI uri = URI.create(text.replaceAll("/+$", ""));
        boolean open = uri.getScheme().equals("http") || uri.getScheme().equals("ldap");
        return open && !LOOPBACK.matcher(uri.getHost()).matches()
                ? new Parsed.Wrong<>(
                        "would send the password over the network for everybody to read.",
                        "Write https:// or ldaps://; http:// and ldap:// are for this machine alone.")
                : new Parsed.Right<>(uri);
    }

    private static List<Problem> hidden(Answers answers) {
        return answers.find(PASSWORD)
                .filter(password -> password.value() instanceof Secret.Plain)
                .map(password -> new Problem(password.place(), "a password is written out here.", SecretForm.REMEDY))
                .map(List::of)
                .orElse(List.of());
    }

    /// What does not fit the kind.
    List<Problem> problems(Kind kind) {
        List<Problem> problems = new ArrayList<>();
        boolean keycloak = kind.configuredBy() == ConfiguredBy.KEYCLOAK_API;
        if (!address.value().getScheme().startsWith(keycloak ? "http" : "ldap")) {
            problems.add(new Problem(
                    address.place(),
                    "servers of the kind " + kind.name() + " are configured over " + (keycloak ? "HTTP" : "LDAP") + ".",
                    "Write " + (keycloak ? "https://" : "ldaps://") + " and the host."));
        }
        if (keycloak && realm.isEmpty()) {
            problems.add(new Problem(place, "the realm is missing.", "Add realm: the realm that is configured there."));
        }
        if (!keycloak && (realm.isPresent() || login.isPresent())) {
            problems.add(new Problem(place, "LDAP knows no realms.", "Take realm and login-realm out."));
        }
        return problems;
    }

    Api of(ConfiguredBy sort) {
        boolean realms = sort == ConfiguredBy.KEYCLOAK_API;
        return new Api(
                sort, address.value(), realm.orElse(""), user, password, realms ? login.orElse("master") : "", ca);
    }
}
