package barograph.guard;

import barograph.change.Edit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the files of an overlay as a tar archive: POSIX.1-1988 "ustar" headers, and GNU's `L` entries for names of
/// more than 100 bytes.
final class Archive {
    private static final int BLOCK = 512;
    private static final int NAME = 100;

    private Archive() {}

    static byte[] of(List<Edit.Put> puts) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (Edit.Put put : puts) {
            byte[] name = normal(put.path()).getBytes(StandardCharsets.UTF_8);
            if (name.length > NAME) {
                entry(
                        archive,
                        "././@LongLink".getBytes(StandardCharsets.UTF_8),
                        'L',
                        0,
                        Arrays.copyOf(name, name.length + 1));
            }
            entry(archive, name, '0', put.mode(), put.content());
        }
        archive.writeBytes(new byte[2 * BLOCK]);
        return archive.toByteArray();
    }

    /// A path as the guard's lists have it: from the root on, a line end written as RS.
    static String inner(String path) {
        return normal(path).replace('\n', '\036');
    }

    private static String normal(String path) {
        return "./"
                + Arrays.stream(path.split("/", -1))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .collect(Collectors.joining("/"));
    }

    private static void entry(ByteArrayOutputStream archive, byte[] name, char type, int mode, byte[] content) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, NAME));
        field(header, 100, "%07o".formatted(mode & 07777));
        field(header, 108, "0000000");
        field(header, 116, "0000000");
        field(header, 124, "%011o".formatted(content.length));
        field(header, 136, "00000000000");
        field(header, 148, "        ");
        header[156] = (byte) type;
        field(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        field(header, 148, "%06o\0".formatted(sum));
        archive.writeBytes(header);
        archive.writeBytes(content);
        archive.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void field(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
