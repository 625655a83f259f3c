package barograph.api;

import java.util.Map;
import java.util.Optional;

/// The way to one server's configuration over its API.
///
/// Everything that is sent may be sent twice: each request brings an object to what it is to be, whatever it is now.
/// For
/// one thread.
interface Door extends AutoCloseable {
    /// All that is configured, as it is now.
    ///
    /// @throws Trouble where the server does not answer, or not with what can be read
    Tree read() throws Trouble;

    /// A file of a change as the server would tell it: laid over what is there, in the one way of writing.
    ///
    /// @param before what the server tells of the object now
    /// @throws Unfit where it is no such object
    String laid(String path, Optional<String> before, String written) throws Unfit;

    /// Why an object cannot be brought from one state to another: the API cannot do it, or not without losing what
    /// nobody
    /// could put back. Empty where nothing speaks against it.
    ///
    /// @throws Trouble where the server has to be asked, and does not answer
    Optional<String> objection(String path, Tree from, Tree to) throws Trouble;

    /// Brings one object nearer to what it is to be, by one request or several.
    ///
    /// @param live what [#read] said last
    /// @throws Trouble where the server refuses, or does not answer
    void write(String path, Tree live, Tree goal) throws Trouble;

    /// What can be told apart about an object, so that a mixture of two states is known as one.
    Map<String, String> facts(String path, String text);

    /// Whether an object came by itself, as the server makes it beside another one that was asked for.
    ///
    /// @param asked what the change has made new
    boolean comesWith(String path, String asked);

    /// Succeeds where the server serves what it is configured for.
    ///
    /// @throws Trouble where it does not
    void health() throws Trouble;

    @Override
    void close();

    /// What went wrong with the API, in words for a person, without secrets.
    final class Trouble extends Exception {
        private final Sort sort;

        Trouble(Sort sort, String words) {
            super(words);
            this.sort = sort;
        }

        Sort sort() {
            return sort;
        }

        enum Sort {
            /// Nobody answered, so that it is not known whether the request was carried out.
            SILENT,
            /// The request was refused, and nothing done.
            REFUSED,
            /// Barograph may not.
            FORBIDDEN,
            /// Somebody else was faster: what was to be changed is no longer what it was.
            OVERTAKEN
        }
    }

    /// What a person wrote is no object of this API.
    final class Unfit extends Exception {
        Unfit(String words) {
            super(words);
        }
    }
}
