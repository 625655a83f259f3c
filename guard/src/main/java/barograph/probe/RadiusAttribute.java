package barograph.probe;

import java.nio.charset.StandardCharsets;

/// One attribute of a RADIUS packet (RFC 2865 §5): a number and at most 253 bytes.
final class RadiusAttribute {
    static final int USER_NAME = 1;
    static final int USER_PASSWORD = 2;
    static final int NAS_IP_ADDRESS = 4;
    static final int REPLY_MESSAGE = 18;
    static final int VENDOR_SPECIFIC = 26;
    static final int CALLED_STATION_ID = 30;
    static final int CALLING_STATION_ID = 31;
    static final int NAS_IDENTIFIER = 32;
    static final int MESSAGE_AUTHENTICATOR = 80;
    static final int NAS_IPV6_ADDRESS = 95;

    static final int LONGEST = 253;

    private final int type;
    private final byte[] value;

    /// @param type 1 to 255
    /// @param value at most [#LONGEST] bytes
    RadiusAttribute(int type, byte[] value) {
        if (type < 1 || type > 255 || value.length > LONGEST) {
            throw new IllegalArgumentException("no RADIUS attribute: type " + type + ", " + value.length + " bytes");
        }
        this.type = type;
        this.value = value.clone();
    }

    static RadiusAttribute text(int type, String text) {
        return new RadiusAttribute(type, text.getBytes(StandardCharsets.UTF_8));
    }

    int type() {
        return type;
    }

    byte[] value() {
        return value.clone();
    }
}
