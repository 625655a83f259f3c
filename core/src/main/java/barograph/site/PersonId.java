package barograph.site;

/// A person of a party, written `acme/dana`.
///
/// @param party the party that the person speaks for
/// @param name the person's name within it
public record PersonId(PartyId party, String name) {
    public PersonId {
        Name.check("person", name);
    }

    /// @param written `party/person`
    /// @throws IllegalArgumentException when it is not of that form
    public static PersonId of(String written) {
        int slash = written.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + written + "' does not name a person: write party/person");
        }
        return new PersonId(new PartyId(written.substring(0, slash)), written.substring(slash + 1));
    }

    @Override
    public String toString() {
        return party + "/" + name;
    }
}
