package barograph.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One attribute of a RADIUS packet (RFC 2865 §5): a number and at most 253 bytes.
final class RadiusAttribute {
    static final int USER_NAME = 1;
    static final int USER_PASSWORD = 2;
    static final int CHAP_PASSWORD = 3;
    static final int NAS_IP_ADDRESS = 4;
    static final int REPLY_MESSAGE = 18;
    static final int VENDOR_SPECIFIC = 26;
    static final int CALLED_STATION_ID = 30;
    static final int CALLING_STATION_ID = 31;
    static final int NAS_IDENTIFIER = 32;
    static final int CHAP_CHALLENGE = 60;
    static final int EAP_MESSAGE = 79;
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

    /// An attribute of a vendor (RFC 2865 §5.26).
    static RadiusAttribute vendor(int vendor, int type, byte[] value) {
        return new RadiusAttribute(
                VENDOR_SPECIFIC,
                ByteBuffer.allocate(6 + value.length)
                        .putInt(vendor)
                        .put((byte) type)
                        .put((byte) (value.length + 2))
                        .put(value)
                        .array());
    }

    /// The first value of a vendor's attribute.
    static Optional<byte[]> vendorValue(List<RadiusAttribute> attributes, int vendor, int type) {
        for (RadiusAttribute attribute : attributes) {
            ByteBuffer left = ByteBuffer.wrap(attribute.value);
            if (attribute.type != VENDOR_SPECIFIC || left.remaining() < 4 || left.getInt() != vendor) {
                continue;
            }
            while (left.remaining() >= 2) {
                int innerType = left.get() & 0xff;
                int size = (left.get() & 0xff) - 2;
                if (size < 0 || size > left.remaining()) {
                    break;
                }
                byte[] value = new byte[size];
                left.get(value);
                if (innerType == type) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    int type() {
        return type;
    }

    byte[] value() {
        return value.clone();
    }
}
