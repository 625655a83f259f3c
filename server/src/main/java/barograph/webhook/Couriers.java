package barograph.webhook;

import barograph.notices.Letter;
import barograph.notices.Recipient;
import barograph.runner.Courier;

/// Hands each letter to who can deliver it: those for webhooks to one, all others to the mail.
public record Couriers(Courier mail, Courier webhooks) implements Courier {
    @Override
    public Delivery deliver(Letter letter) {
        return letter.envelope().to().startsWith(Recipient.WEBHOOK) ? webhooks.deliver(letter) : mail.deliver(letter);
    }
}
