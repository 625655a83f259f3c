package barograph.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A small certificate authority, made with the JDK's keytool.
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    private Certificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
    }

    /// A certificate and its key, as PEM files.
    public record Pair(Path certificate, Path key) {}

    public static Certificates in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Certificates certificates = new Certificates(folder);
        certificates.keytool(
                "ca", "CN=Test authority", List.of("-startdate", "-400d", "-validity", "4000"), "bc=ca:true");
        certificates.write("ca");
        return certificates;
    }

    /// What clients must trust.
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /// For a server at 127.0.0.1.
    public Pair valid() {
        return signed("valid", List.of("-startdate", "-1d", "-validity", "30"), "san=ip:127.0.0.1");
    }

    /// For a server at another address.
    public Pair forAddress(String address) {
        return signed("at-" + address, List.of("-startdate", "-1d", "-validity", "30"), "san=ip:" + address);
    }

    /// For a server at 127.0.0.1, and over since about 20 days.
    public Pair expired() {
        return signed("expired", List.of("-startdate", "-30d", "-validity", "10"), "san=ip:127.0.0.1");
    }

    /// In order, but for another server.
    public Pair forSomebodyElse() {
        return signed("else", List.of("-startdate", "-1d", "-validity", "30"), "san=dns:elsewhere.example");
    }

    private Pair signed(String alias, List<String> dates, String names) {
        Pair there = new Pair(folder.resolve(alias + ".pem"), folder.resolve(alias + ".key"));
        if (Files.exists(there.key())) {
            return there;
        }
        List<String> options = new ArrayList<>(dates);
        options.addAll(List.of("-signer", "ca"));
        keytool(alias, "CN=" + alias, options, names);
        return write(alias);
    }

    private void keytool(String alias, String name, List<String> options, String extension) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-ext",
                extension));
        command.addAll(options);
        DebianServer.run(command);
    }

    private Pair write(String alias) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Pair pair = new Pair(folder.resolve(alias + ".pem"), folder.resolve(alias + ".key"));
            pem(pair.certificate(), "CERTIFICATE", keys.getCertificate(alias).getEncoded());
            pem(
                    pair.key(),
                    "PRIVATE KEY",
                    keys.getKey(alias, PASSWORD.toCharArray()).getEncoded());
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pem(Path file, String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        DebianServer.write(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
