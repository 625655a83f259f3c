package barograph.rehearsal;

/// Logins of real people, tried again under the old configuration and under the new: counted, without their names.
///
/// @param group whose logins: the name that the site gives them
/// @param logins how many were tried
/// @param worse how many were let in under the old configuration, both times, and are not under the new
/// @param better how many are let in under the new one alone
/// @param unsteady how many ended differently in two runs of the old one, and so tell nothing
/// @param reasons why the worse ones were not let in, the most frequent first, each with its number: `timeout (12)`
/// @param onset when it sets in
/// @param passedOver what could not be tried, in words; empty if nothing
public record Replayed(
        String group, int logins, int worse, int better, int unsteady, String reasons, Onset onset, String passedOver) {
    /// For a sentence: `of 212 replayed logins of staff 14 are no longer let in: bad_password (14)`.
    public String words() {
        String begin = "of " + logins + " replayed logins of " + group + " ";
        String end = (unsteady > 0 ? "; " + unsteady + " differ anyway" : "")
                + (passedOver.isEmpty() ? "" : "; passed over: " + passedOver);
        if (worse > 0) {
            return begin + worse + (worse == 1 ? " is" : " are") + " no longer let in: " + reasons
                    + (onset == Onset.NEXT_RESTART ? ", which sleeps until the next restart" : "") + end;
        }
        return begin + (better == 0 ? "all end as before" : better + " more are let in, none fewer") + end;
    }
}
