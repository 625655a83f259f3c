package barograph.watch;

import static barograph.watch.Sample.CHANGE;
import static barograph.watch.Sample.CHANGED;
import static barograph.watch.Sample.START;
import static barograph.watch.Sample.UNCHANGED;
import static barograph.watch.Sample.login;
import static barograph.watch.Sample.plan;
import static barograph.watch.Sample.planWithoutControl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barograph.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {
    private final Part part = new Part(plan(), 0, 1);

    /// Ten people got in a second apart.
    private void tenGetIn() {
        for (int person = 1; person <= 10; person++) {
            part.add(login(START.plusSeconds(person), CHANGED, person, true));
        }
    }

    /// A part that has learned from two servers, in three sheets; the last ends with harm.
    private List<Sheet> sheetsOfHarm() {
        List<Sheet> sheets = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            part.add(login(START.plusSeconds(6L * i), i % 2 == 0 ? CHANGED : UNCHANGED, i + 1, true));
        }
        sheets.add(part.take(CHANGE));
        for (int i = 0; i < 200; i++) {
            Instant at = CHANGE.plusSeconds(15 + 3L * i);
            part.add(login(at, i % 2 == 0 ? CHANGED : UNCHANGED, i + 1, i % 2 == 1));
            if (i == 3) {
                sheets.add(part.take(at.plusSeconds(1)));
            }
        }
        sheets.add(part.take(CHANGE.plusSeconds(700)));
        return sheets;
    }

    @Test
    void alike_logins_of_a_moment_are_one_row() {
        tenGetIn();
        part.take(CHANGE);
        for (int person = 1; person <= 10; person++) {
            part.add(login(CHANGE.plusMillis(60_000 + person), CHANGED, person, true));
        }

        Sheet sheet = part.take(CHANGE.plusSeconds(61));

        assertThat(sheet.rows()).hasSize(1);
        assertThat(sheet.rows().getFirst().times()).isEqualTo(10);
        assertThat(sheet.number()).isEqualTo(2);
    }

    @Test
    void a_sheet_is_the_same_after_a_journey() {
        tenGetIn();
        Sheet sheet = part.take(CHANGE);

        assertThat(Sheet.read(sheet.bytes())).isEqualTo(sheet);
    }

    @Test
    void what_is_no_sheet_is_refused() {
        assertThatThrownBy(() -> Sheet.read("{\"watch\":1".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a sheet of counts");
        assertThatThrownBy(() -> Sheet.read("{\"watch\":\"w\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_sheet_of_another_watch_is_refused() {
        Sheet sheet = part.take(CHANGE);

        assertThatThrownBy(() -> new Watch(planWithoutControl()).add(sheet))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another watch");
    }

    @Test
    void a_sheet_with_a_row_that_cannot_be_is_refused_whole() {
        tenGetIn();
        Sheet good = part.take(CHANGE);
        Sheet.Row row = good.rows().getFirst();
        Sheet bad = new Sheet(
                good.watch(),
                good.part(),
                good.parts(),
                good.number(),
                good.until(),
                List.of(
                        row,
                        new Sheet.Row(
                                row.at(), row.phase(), "ldap-9", row.dimensions(), "", -1, true, false, true, true, 1)),
                good.hit());
        Watch watch = new Watch(plan());

        assertThatThrownBy(() -> watch.add(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ldap-9")
                .hasMessageContaining("ldap-1 or ldap-2");
        watch.add(good);
        assertThat(watch.weigh(CHANGE.plusSeconds(1)).because()).doesNotContain("never came");
    }

    @Test
    void a_sheet_that_comes_twice_counts_once() {
        Watch once = new Watch(plan());
        Watch twice = new Watch(plan());
        for (Sheet sheet : sheetsOfHarm()) {
            once.add(sheet);
            twice.add(sheet);
            twice.add(sheet);
        }

        Verdict verdict = once.weigh(CHANGE.plusSeconds(700));

        assertThat(verdict).isInstanceOf(Verdict.Harmful.class);
        assertThat(twice.weigh(CHANGE.plusSeconds(700))).isEqualTo(verdict);
        assertThat(twice.counts()).isEqualTo(once.counts());
        assertThat(once.counts().peopleHit()).isEqualTo(100);
    }

    @Test
    void a_sheet_that_never_came_blinds_until_it_comes() {
        List<Sheet> sheets = sheetsOfHarm();
        Watch watch = new Watch(plan());
        watch.add(sheets.get(0));
        watch.add(sheets.get(2));

        assertThat(watch.weigh(CHANGE.plusSeconds(700)))
                .isEqualTo(new Verdict.Blind("1 of 3 sheets of counts of part 1 of 1 never came. Send them again, or"
                        + " start the watch anew."));

        watch.add(sheets.get(1));
        assertThat(watch.weigh(CHANGE.plusSeconds(701))).isInstanceOf(Verdict.Harmful.class);
    }

    @Test
    void a_part_that_falls_silent_blinds() {
        Part other = new Part(plan(), 1, 2);
        Watch watch = new Watch(plan());
        Instant late = CHANGE.plus(plan().rules().quiet()).plusSeconds(5);
        watch.add(new Part(plan(), 0, 2).take(late));
        watch.add(other.take(CHANGE.plusSeconds(1)));

        assertThat(watch.weigh(late).because()).startsWith("No counts have come from part 2 of 2 since 10:00:01 UTC");
    }

    @Test
    void goes_on_where_another_process_saved() throws IOException {
        tenGetIn();
        part.take(CHANGE);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        part.save(saved);

        Part other = Part.load(plan(), new ByteArrayInputStream(saved.toByteArray()));
        other.add(login(CHANGE.plusSeconds(60), CHANGED, 3, false));
        Sheet sheet = other.take(CHANGE.plusSeconds(61));

        assertThat(sheet.number()).isEqualTo(2);
        assertThat(sheet.rows()).singleElement().matches(Sheet.Row::unit).matches(Sheet.Row::could);
    }

    @Test
    void what_was_not_saved_whole_is_refused() throws IOException {
        tenGetIn();
        part.take(CHANGE);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        part.save(saved);
        byte[] whole = saved.toByteArray();

        for (int length = 0; length < whole.length; length++) {
            ByteArrayInputStream cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> Part.load(plan(), cut)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void nothing_is_saved_while_logins_wait() {
        tenGetIn();

        assertThatThrownBy(() -> part.save(new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("10 logins wait");
    }
}
