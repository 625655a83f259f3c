package barograph.speed;

import barograph.kinds.Kinds;
import barograph.login.Pseudonyms;
import barograph.logs.Grammar;
import barograph.logs.Grammars;
import barograph.site.Kind;
import barograph.site.ServerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Lines a second that one core reads by the grammar in a kind's file: its own sample lines, over and over.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class KindLineSpeed {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Param({"dovecot", "sshd", "nginx", "haproxy", "krb5kdc"})
    @SuppressWarnings("NullAway.Init")
    public String kind;

    @SuppressWarnings("NullAway.Init")
    private Grammar grammar;

    private List<String> lines = List.of();
    private int next;

    @Setup
    public void open() {
        Kind chosen = Objects.requireNonNull(Kinds.builtIn().get(kind));
        grammar = chosen.log()
                .flatMap(Grammars::of)
                .orElseThrow()
                .open(new ServerId("login-1"), ZoneOffset.UTC, new Pseudonyms(new byte[32]));
        lines = chosen.samples().stream()
                .flatMap(sample -> sample.value().log().lines())
                .toList();
    }

    @Benchmark
    @OperationsPerInvocation(LineSpeed.SOME)
    public void linesByKind(Blackhole hole) {
        for (int i = 0; i < LineSpeed.SOME; i++) {
            grammar.read(lines.get(next), NOW, hole::consume);
            next = (next + 1) % lines.size();
        }
    }
}
