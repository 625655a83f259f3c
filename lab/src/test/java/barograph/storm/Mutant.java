package barograph.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The sources with one mistake in them, compiled anew.
///
/// @param name what is wrong with it
/// @param file the source, from this module's folder
/// @param from the right text, which stands in the source exactly once
/// @param to the mistake
record Mutant(String name, Path file, String from, String to) {
    static Mutant ofCore(String name, String file, String from, String to) {
        return new Mutant(name, Path.of("../core/src/main/java/barograph", file), from, to);
    }

    static Mutant ofHost(String name, String from, String to) {
        return new Mutant(name, Path.of("src/main/java/barograph/storm/Host.java"), from, to);
    }

    static Mutant ofGuard(String name, String from, String to) {
        return new Mutant(name, Path.of("src/main/java/barograph/storm/Guard.java"), from, to);
    }

    /// Compiles it into a folder, and loads the storm with it.
    Class<?> storms(Path folder) throws IOException, ClassNotFoundException {
        String source = Files.readString(file);
        assertThat(source.split(java.util.regex.Pattern.quote(from), -1))
                .as("'" + from + "' in " + file)
                .hasSize(2);
        Path written = Files.createDirectories(folder.resolve("source")).resolve(file.getFileName());
        Files.writeString(written, source.replace(from, to));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
            boolean well = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(written))
                    .call();
            assertThat(well).as(said.toString()).isTrue();
        }
        return new Loader(classes).loadClass(Storms.class.getName());
    }

    /// Takes our own classes from the folder where they are there, and loads all of them anew.
    private static final class Loader extends ClassLoader {
        private final Path classes;

        Loader(Path classes) {
            super(Mutant.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("barograph.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String path = name.replace('.', '/') + ".class";
            Path mutated = classes.resolve(path);
            try (InputStream in = Files.exists(mutated) ? Files.newInputStream(mutated) : getResourceAsStream(path)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
