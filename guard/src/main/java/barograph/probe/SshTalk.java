package barograph.probe;

import java.io.IOException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/// The user's part of an SSH login: answers the server's questions once, and remembers what was said.
///
/// The library calls it from threads of its own.
final class SshTalk implements UserInteraction {
    private final String password;
    private final Queue<String> words = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());
    private volatile boolean offered;
    private volatile boolean expired;
    private volatile boolean asksMore;
    private volatile String allowed = "";

    SshTalk(String password) {
        this.password = password;
    }

    /// Remembers why the server's key is not trusted.
    boolean trusts(Optional<String> why) {
        refusal.set(why);
        return why.isEmpty();
    }

    Optional<String> refusal() {
        return refusal.get();
    }

    /// What a login that did not succeed came to.
    Halt ending(Way way, boolean open, IOException e) {
        String heard = String.join(" ", words);
        String said = heard.isEmpty() ? "" : ": " + heard;
        if (way.isOver()) {
            return way.unanswered("the SSH server did not answer");
        }
        if (expired) {
            return way.rejected("expired_password", "the server wants a new password" + said);
        }
        if (asksMore) {
            return way.failed("challenged", "right, but the server wants more: " + allowed + said);
        }
        Optional<String> account = AccountWords.reason(heard);
        if (account.isPresent()) {
            return way.rejected(account.get(), heard);
        }
        if (!offered) {
            return way.failed("method_not_allowed", "the server does not let anybody log in in this way" + said);
        }
        // Some servers hang up on an account that may not in, instead of saying so.
        return String.valueOf(e.getMessage()).contains("No more authentication methods") || open
                ? way.rejected("rejected", "no more authentication methods; the server allows " + allowed + said)
                : way.failed("connection_closed", "the server closed the connection during the login" + said);
    }

    @Override
    public boolean isInteractionAllowed(ClientSession session) {
        return true;
    }

    @Override
    public void welcome(ClientSession session, String banner, String language) {
        words.add(banner.strip());
    }

    @Override
    public void serverVersionInfo(ClientSession session, List<String> lines) {
        // What stands before the version is not about this user.
    }

    /// One hidden question is the one for the password; others are for a second factor, which a probe has not.
    @Override
    public String @Nullable [] interactive(
            ClientSession session, String name, String instruction, String language, String[] prompts, boolean[] echo) {
        words.add((instruction + " " + String.join(" ", prompts)).strip());
        if (prompts.length == 0) {
            return new String[0];
        }
        if (prompts.length == 1 && !echo[0] && !offered) {
            offered = true;
            return new String[] {password};
        }
        asksMore = true;
        allowed = String.join(" ", prompts);
        return null;
    }

    @Override
    public @Nullable String resolveAuthPasswordAttempt(ClientSession session) {
        return offered ? null : password;
    }

    @Override
    public @Nullable String getUpdatedPassword(ClientSession session, String prompt, String language) {
        expired = true;
        words.add(prompt.strip());
        return null;
    }

    PasswordAuthenticationReporter passwords() {
        return new PasswordAuthenticationReporter() {
            @Override
            public void signalAuthenticationAttempt(
                    ClientSession session, String service, String old, boolean modified, String updated) {
                offered = true;
            }

            @Override
            public void signalAuthenticationFailure(
                    ClientSession session, String service, String tried, boolean partial, List<String> methods) {
                failed(partial, methods);
            }
        };
    }

    PublicKeyAuthenticationReporter keys() {
        return new PublicKeyAuthenticationReporter() {
            @Override
            public void signalAuthenticationAttempt(
                    ClientSession session, String service, KeyPair identity, String signature) {
                offered = true;
            }

            @Override
            public void signalAuthenticationFailure(
                    ClientSession session, String service, KeyPair identity, boolean partial, List<String> methods) {
                failed(partial, methods);
            }
        };
    }

    private void failed(boolean partial, List<String> methods) {
        asksMore = partial;
        allowed = Arrays.toString(methods.toArray());
    }
}
