package barograph.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text with signatures under it (C2SP signed-note).
///
/// @param text ends with a new line
/// @param signatures of keys that may be known or not
public record Note(String text, List<Signature> signatures) {
    /// In bytes; far beyond any checkpoint with 16 witnesses.
    public static final int LIMIT = 1_000_000;

    private static final int MOST_SIGNATURES = 100;
    private static final String DASH = "— ";

    /// One line under the text.
    ///
    /// @param name of the key
    /// @param id of the key
    /// @param value what the key made of the text
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Signature(String name, int id, byte[] value) {}

    public Note {
        if (!text.endsWith("\n") || hasControls(text)) {
            throw new Malformed("the text of a note ends with a new line and has no other control characters");
        }
        signatures = List.copyOf(signatures);
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 && text.charAt(i) != '\n') {
                return true;
            }
        }
        return false;
    }

    /// @throws Malformed when it is not a signed note
    public static Note parse(byte[] note) {
        if (note.length > LIMIT) {
            throw new Malformed("a note has at most " + LIMIT + " bytes, not " + note.length);
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new Malformed("the note is not UTF-8", e);
        }
    }

    /// @throws Malformed when it is not a signed note
    public static Note parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
            throw new Malformed("a note is a text, an empty line and signature lines, each with a new line at its end");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
            if (signatures.size() > MOST_SIGNATURES) {
                throw new Malformed("a note has at most " + MOST_SIGNATURES + " signatures");
            }
        }
        return new Note(note.substring(0, blank + 1), signatures);
    }

    private static Signature signature(String line) {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0) {
            throw new Malformed("a signature line is an em dash, a name and base64, not '" + line + "'");
        }
        String name = line.substring(DASH.length(), space);
        byte[] value = StrictBase64.decode(line.substring(space + 1));
        if (!VerifierKey.isName(name) || value.length <= Integer.BYTES) {
            throw new Malformed("a signature line has a key's name, its id and a signature, not '" + line + "'");
        }
        return new Signature(
                name, ByteBuffer.wrap(value).getInt(), Arrays.copyOfRange(value, Integer.BYTES, value.length));
    }

    /// Whether `key` signed this text. Signatures of other keys do not matter; one of this key that does not verify
    /// spoils the note even beside one that does.
    public boolean isSignedBy(VerifierKey key) {
        List<Signature> own = signatures.stream()
                .filter(signature -> signature.id == key.id() && signature.name.equals(key.name()))
                .toList();
        return !own.isEmpty() && own.stream().allMatch(signature -> key.verifies(text, signature.value));
    }

    /// As it is written into files and mails.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(text).append('\n');
        for (Signature signature : signatures) {
            byte[] value = ByteBuffer.allocate(Integer.BYTES + signature.value.length)
                    .putInt(signature.id)
                    .put(signature.value)
                    .array();
            out.append(DASH).append(signature.name).append(' ');
            out.append(StrictBase64.encode(value)).append('\n');
        }
        return out.toString();
    }
}
