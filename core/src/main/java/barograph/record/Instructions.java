package barograph.record;

import java.util.Optional;

/// The text of `VERIFY.md`: how to verify an export with nothing but a shell, coreutils and OpenSSL.
///
/// It depends only on what was signed, so that the [Verifier] can tell whether somebody has changed it. An export
/// that was made by an older Barograph has the older text: when it changes, the old one stays, under its own name.
public final class Instructions {
    private static final String HEAD = """
            # How to verify this without Barograph

            This is an export of the record `@ORIGIN@`@SUBJECT@. You need a shell, coreutils and OpenSSL 3.0 or newer.
            Run the steps in this folder, in one shell, in this order; each says what it must print.

            ## 1. The key

            Everything hangs on this key. Compare it, letter by letter, with the one that you were given when you began
            to work together. If it came to you only with this export, the export proves nothing.

            ```sh
            cat record.vkey
            ```

            ## 2. The checkpoint

            The checkpoint is the name of the record, how many entries it has (@SIZE@), and one hash over all of them.
            This checks its signature, and must print `Signature Verified Successfully`:

            ```sh
            work=$(mktemp -d)
            { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'
              cut -d+ -f3- record.vkey | base64 -d | tail -c 32
            } > "$work/key.der"
            head -n 3 checkpoint > "$work/text"
            grep '^— @ORIGIN@ ' checkpoint | cut -d' ' -f3 | base64 -d | tail -c 64 > "$work/signature"
            openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" \\
              -rawin -in "$work/text" -sigfile "$work/signature"
            ```
            """;

    private static final String ENTRY = """

            ## 3. One entry

            A file in `proofs` has an entry, its place, and the hashes that lead from it to the hash in the checkpoint
            (https://c2sp.org/tlog-proof, RFC 9162 section 2.1.3.2). Set `index` to the entry that you want to check.
            This must print `entry @INDEX@ is in the record`; the entry itself is then in `$work/entry.json`:

            ```sh
            index=@INDEX@
            proof="proofs/$index.tlog-proof"
            grep '^extra ' "$proof" | cut -d' ' -f2 | base64 -d > "$work/entry.json"
            { printf '\\000'; cat "$work/entry.json"; } | openssl dgst -sha256 -binary > "$work/hash"
            node=$index
            last=$(($(sed -n 2p checkpoint) - 1))
            for sibling in $(sed -e '1,/^index /d' -e '/^$/,$d' "$proof"); do
              printf '%s' "$sibling" | base64 -d > "$work/sibling"
              if [ $((node % 2)) = 1 ] || [ "$node" = "$last" ]; then
                { printf '\\001'; cat "$work/sibling" "$work/hash"; } | openssl dgst -sha256 -binary > "$work/parent"
                while [ $((node % 2)) = 0 ] && [ "$node" != 0 ]; do node=$((node / 2)); last=$((last / 2)); done
              else
                { printf '\\001'; cat "$work/hash" "$work/sibling"; } | openssl dgst -sha256 -binary > "$work/parent"
              fi
              mv "$work/parent" "$work/hash"
              node=$((node / 2)); last=$((last / 2))
            done
            if [ "$last" = 0 ] && [ "$(base64 < "$work/hash")" = "$(sed -n 3p checkpoint)" ]; then
              echo "entry $index is in the record"
            else
              echo "entry $index is NOT in the record"
            fi
            cat "$work/entry.json"; echo
            ```

            ## 4. Its attachments

            An entry names the SHA-256 of each of its attachments: of 32 random bytes and the attachment, as they stand
            in the file of that name. This must print `OK` for each; a file that is missing was erased, which another
            entry of the kind `Erased/1` then says:

            ```sh
            grep -o '"attachments":[^]]*' "$work/entry.json" | grep -o 'sha256:[0-9a-f]*' | cut -d: -f2 |
            while read -r hash; do
              if [ -f "attachments/$hash" ]; then
                echo "$hash  attachments/$hash" | sha256sum -c
                tail -c +33 "attachments/$hash" > "$work/attachment-$hash"
              else
                echo "attachments/$hash: erased"
              fi
            done
            ```
            """;

    private static final String LARGE = """

            ## 3. One entry

            This record is so large that the export has no files in `proofs`. Whoever sent it to you can make one for
            any entry: `barograph record prove INDEX`.
            """;

    private static final String TAIL = """

            ## Everything at once

            `barograph record verify` checks all of the above for all entries, and names the entry that was changed,
            removed, added or moved. The folder is also a log in the form of https://c2sp.org/tlog-tiles, which other
            programs read.

            ## What this proves, and what not

            It proves that the entries are those that the owner of the key signed, in this order. Times are those of its
            clock. The owner could write a second record and sign that: keep the checkpoints that come with its notices
            (or have somebody else keep them), and compare: `barograph record verify --held CHECKPOINT`.
            """;

    private static final String PART = """
            This export has the entries about one subject alone. `selection` names them, and is signed likewise; of all
            other entries there are only the hashes. Ask for the whole record if you must be sure that none was left out.
            """;

    private Instructions() {}

    /// @param selection of an export of one subject
    public static String text(Checkpoint signed, Optional<Selection> selection) {
        boolean proofs = selection.isPresent() || signed.size() <= Layout.MOST_PROOFS;
        long index = selection
                .map(chosen -> chosen.indexes().isEmpty() ? 0 : chosen.indexes().getFirst())
                .orElse(0L);
        String subject =
                selection.map(chosen -> ", about `" + chosen.subject() + "`").orElse("");
        return (HEAD + (proofs ? ENTRY : LARGE) + TAIL + (selection.isPresent() ? PART : ""))
                .replace("@ORIGIN@", signed.origin())
                .replace("@SUBJECT@", subject)
                .replace("@SIZE@", Long.toString(signed.size()))
                .replace("@INDEX@", Long.toString(index));
    }
}
