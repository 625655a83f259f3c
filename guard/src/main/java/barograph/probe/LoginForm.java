package barograph.probe;

import barograph.probe.WebLine.Page;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/// The form of a page that asks for a name and a password, as a person would find it.
///
/// @param user the name of the field for the user's name
/// @param password the name of the field for the password
record LoginForm(Page page, FormElement form, String user, String password) {
    private static final Set<String> NAMES = Set.of("text", "email", "tel", "");

    /// The first form with a field for a password; its fields may be named by options of the probe.
    static Optional<LoginForm> in(Attempt attempt, Page page) {
        Document document = Jsoup.parse(page.body(), page.uri().toString());
        Optional<String> password = attempt.option("password-field");
        for (FormElement form : document.forms()) {
            for (Element field : form.elements()) {
                boolean wanted = password.isPresent()
                        ? field.attr("name").equals(password.get())
                        : field.attr("type").equalsIgnoreCase("password");
                if (wanted && !field.attr("name").isEmpty()) {
                    String user = attempt.option("user-field").orElseGet(() -> userField(form, field));
                    return Optional.of(new LoginForm(page, form, user, field.attr("name")));
                }
            }
        }
        return Optional.empty();
    }

    /// The last field for a line of text before the one for the password.
    private static String userField(FormElement form, Element password) {
        String found = "";
        for (Element field : form.elements()) {
            if (field.equals(password)) {
                break;
            }
            if (field.normalName().equals("input")
                    && NAMES.contains(field.attr("type").toLowerCase(Locale.ROOT))) {
                found = field.attr("name");
            }
        }
        return found;
    }

    /// Fills in the two fields, keeps what the others hold, and sends it where the form says.
    Page submit(Attempt attempt, WebLine line) throws Halt {
        if (user.isEmpty()) {
            throw attempt.way()
                    .failed(
                            "no_login_form",
                            "the form has no field for a name before the password; name it: user-field");
        }
        if (!form.attr("method").equalsIgnoreCase("post")) {
            throw attempt.way().failed("form_unsafe", "the form would put the password into an address (method GET)");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.put(user, attempt.probe().user());
        fields.put(password, attempt.password());
        String action = form.hasAttr("action") ? form.absUrl("action") : "";
        URI to = action.isEmpty() ? page.uri() : URI.create(action);
        line.refuseUnsafe(page.uri(), to, "POST");
        return line.post(to, fields);
    }

    /// What the page says about a login that failed.
    static String complaint(Page page) {
        Document document = Jsoup.parse(page.body());
        List<String> words = document.select("[role=alert], [aria-live], [class*=error], [class*=alert], [id*=error]")
                .eachText();
        return words.isEmpty() ? "the login form again" : "the login form again: " + words.getFirst();
    }
}
