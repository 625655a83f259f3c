package barograph.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Form<List<String>> TEXTS = Form.list(Form.text(), 0, 100_000);

    @Test
    void refuses_a_file_that_is_too_long() {
        byte[] long_ = new byte[Page.MOST_BYTES + 1];

        assertThat(said(long_))
                .containsExactly("a.yaml: the file has 1048577 bytes. At most 1048576 are read: split it, "
                        + "or take out what does not belong.");
    }

    @Test
    void names_the_place_of_a_byte_that_is_not_utf_8() {
        byte[] latin = {'-', ' ', 'a', '\n', '-', ' ', (byte) 0xc3, (byte) 0xa9, (byte) 0xe9, '\n'};

        assertThat(said(latin))
                .containsExactly("a.yaml:2:4: a byte stands here that is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void names_the_place_of_a_character_that_yaml_forbids() {
        assertThat(said("- a\n- b\u0007c\n".getBytes(UTF_8)))
                .containsExactly("a.yaml:2:4: the unprintable character U+0007 stands here. Take it out.");
    }

    @Test
    void does_not_mind_a_byte_order_mark() {
        assertThat(Page.read("a.yaml", "\uFEFF- a\n".getBytes(UTF_8), TEXTS)).isEqualTo(new Read.Good<>(List.of("a")));
    }

    @Test
    void stops_at_deep_and_at_multiplied_files_at_once() {
        String deep = "[".repeat(200_000);
        String laughs = "- &a0 [x]\n"
                + java.util.stream.IntStream.range(1, 5_000)
                        .mapToObj(i -> "- &a%d [%s]%n"
                                .formatted(i, "*a%d,".formatted(i - 1).repeat(9)))
                        .collect(java.util.stream.Collectors.joining());
        long began = System.nanoTime();

        assertThat(said(deep.getBytes(UTF_8)).getFirst()).contains("more than 32 levels deep");
        assertThat(said(laughs.getBytes(UTF_8)).getFirst()).contains("more than 50000 values");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void shows_no_more_problems_than_a_person_can_read() {
        List<String> said = said("- 1\n".repeat(1_000).getBytes(UTF_8));

        assertThat(said).hasSize(101).last().isEqualTo("a.yaml: there are 900 more problems. Mend these first.");
    }

    private static List<String> said(byte[] yaml) {
        return Samples.problems(Page.read("a.yaml", yaml, TEXTS)).stream()
                .map(Problem::toString)
                .toList();
    }
}
