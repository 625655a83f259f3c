package barograph.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Files and methods of a size that a person can hold in the head.
class SizesTest {
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_METHOD = 60;

    @Test
    void no_file_is_longer_than_500_lines() throws IOException {
        List<String> long_ones = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                long_ones.add(file + ": " + lines);
            }
        }

        assertThat(long_ones).isEmpty();
    }

    @Test
    void no_method_is_longer_than_60_lines() throws IOException {
        List<String> long_ones = new ArrayList<>();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    javac.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        LineMap lines = unit.getLineMap();
                        long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                        long last = lines.getLineNumber(positions.getEndPosition(unit, method));
                        if (last - first + 1 > LONGEST_METHOD) {
                            long_ones.add(unit.getSourceFile().getName() + " " + method.getName() + ": "
                                    + (last - first + 1));
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }

        assertThat(long_ones).isEmpty();
    }

    @Test
    void every_package_says_in_one_sentence_what_it_is() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path folder : sources().stream().map(Path::getParent).distinct().toList()) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).startsWith("/// ")) {
                silent.add(folder);
            }
        }

        assertThat(silent).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : List.of("core", "guard", "server", "lab")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        assertThat(all).as("source files seen").hasSizeGreaterThan(150);
        return all;
    }
}
