package barograph.storm;

import barograph.site.ServerId;

/// One thing that goes wrong, or that a person does. Times are milliseconds since the storm began.
sealed interface Trouble {
    /// The controller dies just before its `effect`th effect (an entry, an order, a letter), and comes back.
    record Crash(int effect, long down) implements Trouble {}

    /// Another controller takes the same change on, though the first one lives.
    record SecondController(long at) implements Trouble {}

    /// Nothing gets through; or orders arrive and their answers are lost.
    record Cut(ServerId server, long from, long until, boolean oneWay) implements Trouble {}

    /// Orders arrive so much later, when nobody waits for the answer any more.
    record Late(ServerId server, long from, long until, long delay) implements Trouble {}

    /// Every order arrives twice.
    record Twice(ServerId server, long from, long until) implements Trouble {}

    /// Power fails on a host, and comes back.
    record PowerCut(ServerId server, long at, long down) implements Trouble {}

    /// The first order after `from` is killed, with all its processes, before its `step`th command: power fails, or the
    /// line is cut, for so long.
    record Kill(ServerId server, long from, int step, boolean power, long millis) implements Trouble {}

    record FullDisk(ServerId server, long from, long until) implements Trouble {}

    /// Somebody edits a file on the host by hand: one that the change touches, or another.
    record HandEdit(ServerId server, long at, boolean touched) implements Trouble {}

    /// Somebody else's change comes to the host, past this record.
    record Stranger(ServerId server, long at) implements Trouble {}

    /// The server takes so long to take its files over.
    record SlowReload(ServerId server, long from, long until, long millis) implements Trouble {}

    /// The server does not come up: with the new files, or with any.
    record Down(ServerId server, long from, long until, boolean withAny) implements Trouble {}

    /// The controller's clock jumps.
    record ClockStep(long at, long millis) implements Trouble {}

    /// The record cannot be written.
    record FullRecord(long from, long until) implements Trouble {}

    /// No letter is taken; or each is taken, and the answer is lost.
    record MailDown(long from, long until, boolean taken) implements Trouble {}

    /// A person calls the change back.
    record CallBack(long at) implements Trouble {}
}
