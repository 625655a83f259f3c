package barograph.site;

/// What calls the guard when its host has booted: its timer does not outlive a reboot.
public sealed interface BootHook {
    /// What the guard finds on the host: a systemd unit, else a line in a crontab.
    record Usual() implements BootHook {}

    /// A command of the site's own, which is run on the host as the other commands are.
    record Own(String command) implements BootHook {}

    /// Nothing. After a reboot an unconfirmed change stays in force until a controller reaches the host again.
    record None() implements BootHook {}
}
