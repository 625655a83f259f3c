package barograph.api;

import barograph.secrets.SecretTrouble;
import barograph.secrets.Secrets;
import barograph.site.Api;
import barograph.site.Server;

/// Opens the door to a server's API.
final class Doors {
    private final Secrets secrets;

    Doors(Secrets secrets) {
        this.secrets = secrets;
    }

    /// @throws Door.Trouble where the API's password cannot be read
    Door open(Server server) throws Door.Trouble {
        Api api = server.api()
                .orElseThrow(() -> new IllegalArgumentException(server.id() + " is not configured over an API"));
        try {
            Door door = switch (api.sort()) {
                case KEYCLOAK_API ->
                    new RealmDoor(new RealmLine(api, secrets, server.commands().limit()));
                case LDAP_CONFIG ->
                    new ConfigDoor(api, secrets, server.commands().limit());
                case FILES -> throw new IllegalArgumentException("files are no API");
            };
            return new Chosen(door, server.config());
        } catch (SecretTrouble e) {
            throw new Door.Trouble(Door.Trouble.Sort.FORBIDDEN, String.valueOf(e.getMessage()));
        }
    }
}
