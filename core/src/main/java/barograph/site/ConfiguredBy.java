package barograph.site;

/// How a kind's servers are told their configuration.
public enum ConfiguredBy {
    /// Files on the server's host, which the guard there keeps and puts back.
    FILES,
    /// A realm of Keycloak, over its admin API.
    KEYCLOAK_API,
    /// OpenLDAP's `cn=config`, over LDAP.
    LDAP_CONFIG;

    /// Whether the controller itself has to do it, since the server's own host cannot.
    public boolean isApi() {
        return this != FILES;
    }
}
