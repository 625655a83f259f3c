package barograph.replay;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.site.Secret;
import org.junit.jupiter.api.Test;

class LoginListTest {
    @Test
    void a_list_is_csv_or_yaml_with_references_to_passwords() {
        Entry alice = new Entry("alice@acme.example", new Secret.Env("ALICE"));
        Entry bob = new Entry("bob", new Secret.File("secrets/bob"));

        assertThat(LoginList.read("user,password\nalice@acme.example,env:ALICE\nbob, file:secrets/bob\n", false))
                .isEqualTo(new LoginList.Content(java.util.List.of(alice, bob), ""));
        assertThat(LoginList.read(
                        "- { user: alice@acme.example, password: env:ALICE }\n- { user: bob, password: file:secrets/bob }\n",
                        false))
                .isEqualTo(new LoginList.Content(java.util.List.of(alice, bob), ""));
    }

    @Test
    void a_password_that_is_written_out_counts_only_where_no_file_holds_it() {
        String list = "user,password\nalice,hunter2\nbob,env:BOB\n";

        assertThat(LoginList.read(list, true).entries()).hasSize(2);
        assertThat(LoginList.read(list, false).entries()).hasSize(1);
        assertThat(LoginList.read(list, false).trouble())
                .startsWith("1 passwords are written out in the list")
                .doesNotContain("hunter2", "alice");
    }

    @Test
    void lines_that_are_none_are_counted_and_the_first_is_named_by_its_number() {
        assertThat(LoginList.read("user,password\nalice\nbob,env:BOB\ncarol,\n", false)
                        .trouble())
                .isEqualTo("2 lines of the list are not user,password; the first is line 2");
        assertThat(LoginList.read("what is this", false).trouble()).contains("line 1");
    }
}
