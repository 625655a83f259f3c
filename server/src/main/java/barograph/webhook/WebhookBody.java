package barograph.webhook;

import barograph.notices.Letter;
import barograph.site.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a letter is to those who are told over HTTP.
final class WebhookBody {
    /// Standard Webhooks wants at most 20 kB; Teams takes 28 kB.
    private static final int LONGEST_TEXT = 12_000;
    /// Slack cuts a section at 3,000 characters.
    private static final int LONGEST_SECTION = 2_900;
    /// PagerDuty takes 1,024.
    private static final int LONGEST_SUMMARY = 1_000;

    private static final Pattern TROUBLE =
            Pattern.compile("needs-a-person|(?:person-needed|decision-asked|drifted)-.*");
    private static final Pattern GOOD_AGAIN = Pattern.compile("rolled-back|confirmed|withdrawn");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String site;
    private final Letter letter;

    WebhookBody(String site, Letter letter) {
        this.site = site;
        this.letter = letter;
    }

    /// What the message is called everywhere, however often it is sent.
    String id() {
        return letter.links().messageId().replaceAll("[<>]", "");
    }

    byte[] in(Webhook.Style style, Optional<String> key) {
        return MAPPER.writeValueAsBytes(
                switch (style) {
                    case STANDARD -> event();
                    case SLACK -> slack();
                    case TEAMS -> teams();
                    case PAGERDUTY -> page(key.orElseThrow());
                });
    }

    /// CloudEvents 1.0, structured mode.
    private ObjectNode event() {
        ObjectNode event = NODES.objectNode()
                .put("specversion", "1.0")
                .put("id", id())
                .put("source", "urn:barograph:site:" + site)
                .put("type", "barograph.notice." + notice())
                .put("time", letter.written().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("datacontenttype", "application/json");
        change().ifPresent(change -> event.put("subject", change));
        ObjectNode data = event.putObject("data")
                .put("site", site)
                .put("notice", notice())
                .put("title", letter.subject())
                .put("text", text(LONGEST_TEXT));
        change().ifPresent(change -> data.put("change", change));
        letter.attachments().stream()
                .filter(each -> each.name().equals("checkpoint.txt"))
                .forEach(each -> data.put("checkpoint", new String(each.content(), StandardCharsets.UTF_8)));
        return event;
    }

    private ObjectNode slack() {
        ObjectNode message = NODES.objectNode().put("text", letter.subject());
        var blocks = message.putArray("blocks");
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", "*" + escaped(letter.subject()) + "*");
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", text(LONGEST_SECTION));
        return message;
    }

    /// Slack gives these a meaning.
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("*", "∗");
    }

    /// An adaptive card, as Workflows take it; connectors are gone since 2026.
    private ObjectNode teams() {
        ObjectNode message = NODES.objectNode().put("type", "message");
        ObjectNode card = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        var body = card.putArray("body");
        body.addObject()
                .put("type", "TextBlock")
                .put("text", letter.subject())
                .put("weight", "Bolder")
                .put("wrap", true);
        body.addObject()
                .put("type", "TextBlock")
                .put("text", text(LONGEST_TEXT).replace("\n", "\n\n"))
                .put("wrap", true);
        return message;
    }

    /// Whether somebody is to be paged, or a page is over; what is neither goes into the list of changes.
    boolean pages() {
        return TROUBLE.matcher(notice()).matches() || isOver();
    }

    private boolean isOver() {
        return GOOD_AGAIN.matcher(notice()).matches();
    }

    /// Events API v2.
    private ObjectNode page(String routingKey) {
        ObjectNode event = NODES.objectNode().put("routing_key", routingKey);
        ObjectNode payload = NODES.objectNode()
                .put("summary", cut(letter.subject(), LONGEST_SUMMARY))
                .put("source", "barograph " + site)
                .put("timestamp", letter.written().toString());
        if (pages()) {
            event.put("event_action", isOver() ? "resolve" : "trigger");
            event.put("dedup_key", cut("barograph " + site + " " + change().orElse(""), 255));
            payload.put("severity", "critical");
        }
        payload.putObject("custom_details").put("text", text(LONGEST_TEXT));
        event.set("payload", payload);
        return event;
    }

    private String notice() {
        return letter.headers().getOrDefault("X-Barograph-Notice", "answer");
    }

    private Optional<String> change() {
        return Optional.ofNullable(letter.headers().get("X-Barograph-Change"));
    }

    /// Without what a mail has at its foot.
    private String text(int most) {
        String text = letter.text();
        int foot = text.indexOf("\n-- \n");
        return cut((foot < 0 ? text : text.substring(0, foot)).strip(), most);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
