package barograph.site;

import java.util.Optional;

/// Where a party is told over HTTP what its desk is told by mail.
///
/// @param name of the webhook within the site; it stands for the address in the record, since many addresses are
/// secrets
/// @param to the party
/// @param url where requests go; for [Style#PAGERDUTY] it is known
/// @param key `whsec_…` or `whsk_…` for [Style#STANDARD], the routing key for [Style#PAGERDUTY]
public record Webhook(String name, PartyId to, Style style, Optional<Secret> url, Optional<Secret> key) {
    /// What the other side understands.
    public enum Style {
        /// A CloudEvent, signed as Standard Webhooks 1.0.0 says.
        STANDARD,
        SLACK,
        /// A Workflow of Microsoft Teams.
        TEAMS,
        /// Events API v2.
        PAGERDUTY
    }
}
