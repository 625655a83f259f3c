package barograph.change;

import barograph.record.Digest;

/// What is asked for, made whole: the request together with the very bytes of the new files.
///
/// @param digest what approvals and waivers are bound to: one more edit, and it is another one ([CanonicalChange])
public record Change(ChangeRequest request, Edit edit, Digest digest) {
    /// @throws IllegalArgumentException when `digest` is not the one of this request and edit
    public Change {
        if (!digest.equals(CanonicalChange.digest(request, edit))) {
            throw new IllegalArgumentException(digest + " is not the digest of change " + request.id());
        }
    }

    public static Change of(ChangeRequest request, Edit edit) {
        return new Change(request, edit, CanonicalChange.digest(request, edit));
    }

    public ChangeId id() {
        return request.id();
    }
}
