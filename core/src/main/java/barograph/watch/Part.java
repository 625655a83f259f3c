package barograph.watch;

import barograph.login.Login;
import barograph.login.Origin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Counts the logins of some people and devices for a [Watch]: one part of several where one process is not enough.
///
/// Which part a login belongs to is told by [#of]: all lines of one person from one place go to the same part,
/// whichever server they came to. So the [Sheet]s of all parts add up to exactly what one process would have
/// counted.
///
/// Pure and single-threaded. Work per login is constant; memory as for [Keys], and at most [Watch#MOST_WAITING]
/// logins that wait for their turn in time.
public final class Part {
    private static final int VERSION = 1;

    private final WatchPlan plan;
    private final int part;
    private final int parts;
    private final Keys keys;
    private final Ages ages;
    private final List<Login> waiting = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();
    private long number;

    /// @param part which part it is, from 0 on
    /// @param parts how many there are
    public Part(WatchPlan plan, int part, int parts) {
        this(plan, part, parts, new Keys(plan.learnFrom(), plan.rules().unit()), 0);
    }

    private Part(WatchPlan plan, int part, int parts, Keys keys, long number) {
        Objects.checkIndex(part, parts);
        this.plan = plan;
        this.part = part;
        this.parts = parts;
        this.keys = keys;
        this.number = number;
        ages = new Ages(plan.learnFrom(), plan.at());
    }

    /// Which of `parts` a login belongs to, from 0 on.
    public static int of(Login login, int parts) {
        return Math.floorMod(Keys.hash(login), parts);
    }

    /// Takes in one login of this part. Logins of one server come in the order of its log; several servers may come
    /// one after the other, as long as nothing is taken in between. Logins of probes are passed over.
    ///
    /// @return whether there is room for more; if not, [#take] first
    public boolean add(Login login) {
        if (login.origin() == Origin.PERSON) {
            waiting.add(login);
        }
        return waiting.size() < Watch.MOST_WAITING;
    }

    /// Counts what was written before `until`, in the order of time.
    ///
    /// @param until the change itself, as long as the logs of all servers have not been read up to it; then the
    ///        time of the look
    public Sheet take(Instant until) {
        Sheet.Rows rows = new Sheet.Rows(ages);
        pieces(until).forEach(rows::add);
        number++;
        return new Sheet(plan.name(), part, parts, number, until, rows.all(), people());
    }

    /// Decides what each login that was written before `until` is good for.
    List<Piece> pieces(Instant until) {
        waiting.sort(Comparator.comparing(Login::at));
        List<Piece> pieces = new ArrayList<>();
        int taken = 0;
        while (taken < waiting.size() && waiting.get(taken).at().isBefore(until)) {
            piece(waiting.get(taken), pieces);
            taken++;
        }
        waiting.subList(0, taken).clear();
        return pieces;
    }

    private void piece(Login login, List<Piece> pieces) {
        Side side = plan.side(login.server());
        Keys.Grain grain = keys.add(login, side == Side.CHANGED, plan.judgedFrom(login.server()));
        if (side == null || login.at().isBefore(plan.learnFrom())) {
            return;
        }
        Piece piece = Piece.of(login, plan.phase(login), grain);
        boolean harmed = side == Side.CHANGED && piece.phase() == Phase.JUDGED && !piece.accepted();
        if (harmed && grain.couldBefore() && hit.size() < Counts.MOST_PEOPLE) {
            hit.add(login.user().value());
        }
        pieces.add(piece);
    }

    /// Whom the change has hit since this was asked last.
    List<Long> people() {
        List<Long> people = hit.stream().sorted().toList();
        hit.clear();
        return people;
    }

    int waiting() {
        return waiting.size();
    }

    /// Writes down who could log in and who was counted when, so that another process can go on.
    ///
    /// @throws IllegalStateException while logins wait: take them first
    public void save(OutputStream out) throws IOException {
        if (!waiting.isEmpty()) {
            throw new IllegalStateException(waiting.size() + " logins wait to be counted; take them first");
        }
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(VERSION);
        data.writeUTF(plan.name());
        data.writeInt(part);
        data.writeInt(parts);
        data.writeLong(number);
        keys.save(data);
        data.flush();
    }

    /// Goes on where another process saved.
    ///
    /// @throws IllegalArgumentException where it is of another watch or version
    /// @throws IOException where it is not whole
    public static Part load(WatchPlan plan, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int version = data.readInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("a part of version " + version + ", not " + VERSION);
        }
        plan.claim(data.readUTF());
        int part = data.readInt();
        int parts = data.readInt();
        long number = data.readLong();
        return new Part(
                plan, part, parts, Keys.load(plan.learnFrom(), plan.rules().unit(), data), number);
    }
}
