package barograph.site;

/// On which side of the contract a party stands.
public enum Role {
    CUSTOMER,
    VENDOR,
    OPERATOR
}
