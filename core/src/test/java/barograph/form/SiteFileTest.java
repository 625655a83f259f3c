package barograph.form;

import static org.assertj.core.api.Assertions.assertThat;

import barograph.site.Site;
import org.junit.jupiter.api.Test;

class SiteFileTest {
    @Test
    void reads_the_site_of_the_design() {
        Site site = Samples.site();

        assertThat(site.name()).isEqualTo("acme-login");
    }
}
