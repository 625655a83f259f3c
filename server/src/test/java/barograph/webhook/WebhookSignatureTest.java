package barograph.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WebhookSignatureTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String KEY = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(WebhookSignatureTest.class.getResourceAsStream("webhooks.json"))) {
            JsonNode all = JsonMapper.builder().build().readTree(in);
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    private static boolean verify(JsonNode vector, String key) {
        JsonNode headers = vector.get("headers");
        return WebhookSignature.verify(
                vector.get(key).stringValue(),
                headers.get("webhook-id").stringValue(),
                headers.get("webhook-timestamp").stringValue(),
                headers.get("webhook-signature").stringValue(),
                vector.get("body").stringValue().getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(vector.get("now").longValue()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void each_vector_is_judged_as_it_should_be(JsonNode vector) {
        assertThat(verify(vector, "secret") || verify(vector, "publicKey"))
                .as(vector.get("case").stringValue())
                .isEqualTo(vector.get("valid").booleanValue());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_is_signed_is_what_the_vectors_sign(JsonNode vector) {
        JsonNode headers = vector.get("headers");
        String wanted = headers.get("webhook-signature").stringValue();
        if (!vector.get("case").stringValue().equals("hmac")) {
            return;
        }

        assertThat(WebhookSignature.sign(
                        vector.get("secret").stringValue(),
                        headers.get("webhook-id").stringValue(),
                        Instant.ofEpochSecond(
                                Long.parseLong(headers.get("webhook-timestamp").stringValue())),
                        vector.get("body").stringValue().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(wanted);
    }

    @Test
    void what_an_ed25519_key_signs_its_public_key_verifies() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String secret = "whsk_" + tail(pair.getPrivate().getEncoded());
        String open = "whpk_" + tail(pair.getPublic().getEncoded());

        String signature = WebhookSignature.sign(secret, "m-1", NOW, BODY);

        String at = Long.toString(NOW.getEpochSecond());
        assertThat(signature).startsWith("v1a,");
        assertThat(WebhookSignature.verify(open, "m-1", at, signature, BODY, NOW))
                .isTrue();
        assertThat(WebhookSignature.verify(open, "m-2", at, signature, BODY, NOW))
                .isFalse();
    }

    private static String tail(byte[] der) {
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(der, der.length - 32, der.length));
    }

    @Test
    void a_request_is_of_now_or_it_is_nothing() {
        String at = Long.toString(NOW.getEpochSecond());
        String signature = WebhookSignature.sign(KEY, "m", NOW, BODY);

        assertThat(WebhookSignature.verify(KEY, "m", at, signature, BODY, NOW.plusSeconds(300)))
                .isTrue();
        assertThat(WebhookSignature.verify(KEY, "m", at, signature, BODY, NOW.plusSeconds(301)))
                .isFalse();
        assertThat(WebhookSignature.verify(KEY, "m", at, signature, BODY, NOW.minusSeconds(301)))
                .isFalse();
        assertThat(WebhookSignature.verify(KEY, "m", "now", signature, BODY, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_c2hvcnQ=", "whsec_!", "whsk_c2hvcnQ=", "hunter2hunter2hunter2", ""})
    void what_is_no_key_is_told_without_repeating_it(String key) {
        assertThatThrownBy(() -> WebhookSignature.sign(key, "m", NOW, BODY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base64 of")
                .hasMessageNotContaining("c2hvcnQ")
                .hasMessageNotContaining("hunter2");
    }
}
