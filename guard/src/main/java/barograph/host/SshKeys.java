package barograph.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/// The private keys read from files.
///
/// @param tried one phrase per source of keys: what was found there, for the message of a login that fails
record SshKeys(List<KeyPair> pairs, List<String> tried) {
    SshKeys {
        pairs = List.copyOf(pairs);
        tried = List.copyOf(tried);
    }

    static SshKeys read(SshAccess access) {
        List<KeyPair> pairs = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        access.agent()
                .ifPresent(
                        path -> tried.add(Files.exists(path) ? "the ssh-agent at " + path : "no ssh-agent at " + path));
        for (Path file : access.keys()) {
            if (!Files.exists(file)) {
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                SecurityUtils.loadKeyPairIdentities(
                                null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY)
                        .forEach(pairs::add);
                tried.add(file.toString());
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                // The library's own words name neither the cause nor a remedy; a passphrase is the common one.
                tried.add(file + " (cannot be read; if it has a passphrase, add it to the ssh-agent: ssh-add " + file
                        + ")");
            }
        }
        return new SshKeys(pairs, tried);
    }

    /// Where keys were looked for, in words.
    String sources() {
        return tried.isEmpty()
                ? "no key at all: there is neither an ssh-agent nor a key file"
                : String.join(", ", tried);
    }
}
