package barograph.pattern;

import java.util.List;

/// A part of a pattern and all that follows it.
sealed interface Node {
    /// Whether the pattern fits from a place on; if so, the walk's groups are set, and else they are as before.
    boolean fits(Walk walk, int at);

    /// What a stretch begins with that fits; everything where it may also be empty.
    CharSet first();

    /// Whether a stretch may fit that is empty, or begins where the line ends.
    boolean mayBeEmpty();

    /// Whether it is worth trying at a place.
    default boolean isWorth(Walk walk, int at) {
        return mayBeEmpty() || (at < walk.line.length() && first().contains(walk.line.charAt(at)));
    }

    record Done() implements Node {
        @Override
        public boolean fits(Walk walk, int at) {
            return true;
        }

        @Override
        public CharSet first() {
            return CharSet.ANY;
        }

        @Override
        public boolean mayBeEmpty() {
            return true;
        }
    }

    record Text(String text, CharSet first, Node next) implements Node {
        static Text of(String text, Node next) {
            return new Text(text, CharSet.of(text.charAt(0)), next);
        }

        @Override
        public boolean fits(Walk walk, int at) {
            return walk.line.startsWith(text, at) && next.fits(walk, at + text.length());
        }

        @Override
        public boolean mayBeEmpty() {
            return false;
        }
    }

    /// @param count at least 1
    record Some(CharSet set, int count, Node next) implements Node {
        @Override
        public boolean fits(Walk walk, int at) {
            int behind = at;
            for (int i = 0; i < count; i++) {
                behind = walk.behind(set, behind);
                if (behind < 0) {
                    return false;
                }
            }
            return next.fits(walk, behind);
        }

        @Override
        public CharSet first() {
            return set;
        }

        @Override
        public boolean mayBeEmpty() {
            return false;
        }
    }

    /// @param missing the one character that is not in the set, or -1
    /// @param ends whether only the end of the run can be the right place to go on: what follows begins otherwise
    record Run(CharSet set, int missing, int least, int choice, boolean ends, CharSet first, Node next)
            implements Node {
        static Run of(CharSet set, int least, int choice, Node next) {
            boolean ends = !next.mayBeEmpty() && !set.meets(next.first());
            CharSet first = least > 0 ? set : set.with(next.first());
            return new Run(set, set.missing(), least, choice, ends, first, next);
        }

        @Override
        public boolean fits(Walk walk, int at) {
            int low = least > 0 ? walk.behind(set, at) : at;
            if (low < 0) {
                return false;
            }
            int tried = walk.firstTried(choice, low);
            int high = walk.end(set, missing, low, Math.min(tried, walk.line.length()));
            if (high == tried) {
                high--; // from there on, all was tried
            } else if (ends) {
                walk.noteTried(choice, low, high);
                return next.fits(walk, high);
            }
            if (high < low) {
                return false;
            }
            walk.noteTried(choice, low, high);
            for (int place = ends ? low - 1 : high; place >= low; place--) {
                if (next.isWorth(walk, place) && !walk.isWithin(place) && next.fits(walk, place)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean mayBeEmpty() {
            return least == 0 && next.mayBeEmpty();
        }
    }

    record Either(List<Node> ways, int choice, CharSet first, boolean mayBeEmpty) implements Node {
        static Either of(List<Node> ways, int choice) {
            CharSet first = ways.stream().map(Node::first).reduce(CharSet.of(""), CharSet::with);
            return new Either(ways, choice, first, ways.stream().anyMatch(Node::mayBeEmpty));
        }

        @Override
        public boolean fits(Walk walk, int at) {
            if (!walk.isNew(choice, at)) {
                return false;
            }
            for (int i = 0; i < ways.size(); i++) {
                if (ways.get(i).fits(walk, at)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Notes where a group begins or ends.
    record Mark(int place, CharSet first, boolean mayBeEmpty, Node next) implements Node {
        static Mark of(int place, Node next) {
            return new Mark(place, next.first(), next.mayBeEmpty(), next);
        }

        @Override
        public boolean fits(Walk walk, int at) {
            int before = walk.groups[place];
            walk.groups[place] = at;
            if (next.fits(walk, at)) {
                return true;
            }
            walk.groups[place] = before;
            return false;
        }
    }

    record Begin(Node next) implements Node {
        @Override
        public boolean fits(Walk walk, int at) {
            return at == 0 && next.fits(walk, at);
        }

        @Override
        public CharSet first() {
            return next.first();
        }

        @Override
        public boolean mayBeEmpty() {
            return next.mayBeEmpty();
        }
    }

    record End(Node next) implements Node {
        @Override
        public boolean fits(Walk walk, int at) {
            return at == walk.line.length() && next.fits(walk, at);
        }

        @Override
        public CharSet first() {
            return CharSet.ANY;
        }

        @Override
        public boolean mayBeEmpty() {
            return true;
        }
    }
}
