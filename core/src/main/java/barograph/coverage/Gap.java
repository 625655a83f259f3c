package barograph.coverage;

import barograph.login.Dimensions;

/// Logins of one sort that no probe stands for.
///
/// @param share of all logins, 0 to 1
/// @param perDay logins in a day
/// @param people different people and devices
public record Gap(String realm, String method, String client, double share, double perDay, long people) {
    /// `acme.example/pap/nas-wifi`.
    public String segment() {
        return new Dimensions(realm, method, client, Dimensions.UNTOLD).segment();
    }

    /// `acme.example/pap/nas-wifi (12%, 340 logins a day, 41 people)`.
    public String words() {
        long share100 = Math.round(share * 100);
        long daily = Math.max(1, Math.round(perDay));
        return segment() + " (" + (share100 < 1 ? "below 1" : share100) + "%, " + daily
                + (daily == 1 ? " login a day, " : " logins a day, ") + people
                + (people == 1 ? " person)" : " people)");
    }
}
