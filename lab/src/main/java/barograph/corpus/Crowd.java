package barograph.corpus;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// A group of people who log in alike.
///
/// @param name of the group; its people are called by it and a number: `staff0` is the test account of the probe
/// @param login how they log in, as a probe's entry in `site.yaml` says it, with `{person}` for who it is and
/// `{n}` for the number
/// @param segment a text by which a verdict names them, such as their realm
public record Crowd(String name, Map<String, String> login, String segment) {
    /// How many people there are besides the test account.
    public static final int PEOPLE = 8;

    public Crowd {
        login = Map.copyOf(login);
    }

    /// The same with the folder that the servers of a stand have in common filled in.
    Crowd sharing(Path share) {
        Map<String, String> here = new HashMap<>();
        login.forEach((name, value) -> here.put(name, value.replace("@SHARE@", share.toString())));
        return new Crowd(name, here, segment);
    }

    /// The protocol that they speak.
    public String via() {
        return login.getOrDefault("via", "");
    }

    /// How one of them logs in, by the names of a probe's fields.
    Map<String, String> loginOf(int number) {
        Map<String, String> own = new TreeMap<>();
        login.forEach((name, value) ->
                own.put(name, value.replace("{person}", person(number)).replace("{n}", Integer.toString(number))));
        return own;
    }

    /// @param number 0 is the test account
    public String person(int number) {
        return name + number;
    }

    /// A person's password.
    public String password(int number) {
        return person(number) + "-pw";
    }
}
