package barograph.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// RADIUS packets as a device and a server send them, for captures that tests make.
public final class Packets {
    private static final byte[] AUTHENTICATOR = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Packets() {}

    public static byte[] pap(int id, String secret, String user, String password) {
        RadiusCodec codec = new RadiusCodec(id, AUTHENTICATOR, secret);
        return codec.request(List.of(
                RadiusAttribute.text(RadiusAttribute.USER_NAME, user),
                codec.hidden(password.getBytes(StandardCharsets.UTF_8))));
    }

    /// As old devices send it.
    public static byte[] unsigned(int id, String secret, String user, String password) {
        RadiusCodec codec = new RadiusCodec(id, AUTHENTICATOR, secret);
        List<RadiusAttribute> attributes = new ArrayList<>();
        attributes.add(RadiusAttribute.text(RadiusAttribute.USER_NAME, user));
        attributes.add(codec.hidden(password.getBytes(StandardCharsets.UTF_8)));
        ByteBuffer packet = ByteBuffer.allocate(4096);
        packet.put((byte) 1).put((byte) id).putShort((short) 0).put(AUTHENTICATOR);
        for (RadiusAttribute each : attributes) {
            packet.put((byte) each.type()).put((byte) (each.value().length + 2)).put(each.value());
        }
        packet.putShort(2, (short) packet.position());
        byte[] bytes = new byte[packet.position()];
        packet.get(0, bytes);
        return bytes;
    }

    public static byte[] eap(int id, String secret, String user) {
        return new RadiusCodec(id, AUTHENTICATOR, secret)
                .request(List.of(
                        RadiusAttribute.text(RadiusAttribute.USER_NAME, user),
                        new RadiusAttribute(RadiusAttribute.EAP_MESSAGE, new byte[] {2, 0, 0, 4})));
    }

    public static byte[] accept(int id, String secret) {
        return new RadiusCodec(id, AUTHENTICATOR, secret).answer(RadiusCodec.ACCESS_ACCEPT, List.of());
    }

    public static byte[] reject(int id, String secret) {
        return new RadiusCodec(id, AUTHENTICATOR, secret).answer(RadiusCodec.ACCESS_REJECT, List.of());
    }
}
