package barograph.rehearsal;

/// Logins of real people, tried again under the old configuration and under the new: counted, without their names.
///
/// @param group whose logins: the name that the site gives them
/// @param logins how many were let in under the old configuration, and tried under the new
/// @param worse how many of them are not let in under the new one
/// @param unsteady how many ended differently in two runs of the old one, and so were not tried on
/// @param reasons why the worse ones were not let in, the most frequent first, each with its number: `timeout (12)`
/// @param onset when it sets in
/// @param passedOver what was not tried, and why, in words; empty if nothing
public record Replayed(
        String group, int logins, int worse, int unsteady, String reasons, Onset onset, String passedOver) {
    /// For a sentence: `of 212 replayed logins of staff 14 are no longer let in: bad_password (14)`.
    public String words() {
        String end = (unsteady > 0 ? "; " + unsteady + " more were let in one time of two anyway" : "")
                + (passedOver.isEmpty() ? "" : "; passed over: " + passedOver);
        if (logins == 0) {
            return "no login of " + group + " could be replayed" + end;
        }
        String begin = "of " + logins + " replayed logins of " + group + " ";
        return worse == 0
                ? begin + "all are let in as before" + end
                : begin + worse + (worse == 1 ? " is" : " are") + " no longer let in: " + reasons
                        + (onset == Onset.NEXT_RESTART ? ", which sleeps until the next restart" : "") + end;
    }
}
