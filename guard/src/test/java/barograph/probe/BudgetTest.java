package barograph.probe;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.login.Outcome;
import barograph.login.Pseudonyms;
import barograph.login.Step;
import barograph.site.ProbeSpec.Expect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
    private static final Outcome WRONG = new Outcome.Rejected("bad_password");

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-30T00:00:00Z");

    private Budget budget(int most) {
        return new Budget(folder.resolve("tries"), most, new Pseudonyms(new byte[32]), () -> now);
    }

    private static boolean tried(Budget budget, String user, Outcome outcome) {
        if (budget.begin(user).isPresent()) {
            return false;
        }
        budget.end(user, Expect.REJECT, outcome);
        return true;
    }

    @Test
    void an_account_is_tried_with_so_many_wrong_passwords_an_hour_and_no_more() {
        Budget budget = budget(2);

        assertThat(tried(budget, "alice", WRONG)).isTrue();
        assertThat(tried(budget, "Alice", WRONG)).isTrue();
        assertThat(budget.begin("alice"))
                .hasValue("the budget of 2 wrong passwords an hour for its account is used up");
        assertThat(tried(budget, "bob", WRONG)).isTrue();
        now = now.plus(Duration.ofMinutes(61));
        assertThat(tried(budget, "alice", WRONG)).isTrue();
    }

    @Test
    void one_command_after_another_draws_on_the_same_budget_and_no_name_is_written_down() throws IOException {
        assertThat(tried(budget(1), "alice", WRONG)).isTrue();

        assertThat(tried(budget(1), "alice", WRONG)).isFalse();
        assertThat(folder.resolve("tries")).content().doesNotContain("alice");
        assertThat(Files.readAllLines(folder.resolve("tries"))).hasSize(1);
    }

    @Test
    void only_what_may_be_counted_against_the_account_costs() {
        Budget budget = budget(1);

        assertThat(tried(budget, "alice", new Outcome.Accepted())).isTrue();
        assertThat(tried(budget, "alice", new Outcome.Rejected("policy_denied")))
                .isTrue();
        assertThat(tried(budget, "alice", new Outcome.Failed(Step.AUTHENTICATE, "timeout")))
                .isTrue();
        assertThat(tried(budget, "alice", WRONG)).isFalse();
    }

    @Test
    void tries_at_the_same_time_wait_rather_than_be_too_many() throws Exception {
        Budget budget = budget(3);
        AtomicInteger granted = new AtomicInteger();

        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(many.submit(() -> granted.addAndGet(tried(budget, "alice", WRONG) ? 1 : 0)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }

        assertThat(granted).hasValue(3);
    }

    @Test
    void without_a_place_to_write_them_down_there_is_one_wrong_password_at_most() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Budget budget = new Budget(file.resolve("tries"), 5, new Pseudonyms(new byte[32]), () -> now);

        tried(budget, "alice", WRONG);

        assertThat(budget.begin("alice"))
                .hasValueSatisfying(why -> assertThat(why).contains("could not be written down"));
    }
}
