package barograph.claims;

import barograph.site.PartyId;

/// What a change's requester says that a party wants: hearsay, until that party says so too.
///
/// @param about the party that is said to want it
/// @param says the words put into its mouth, as it will be asked
/// @param demand how strongly it is said to want it
public record Claim(PartyId about, String says, Demand demand) {}
