package barograph.verdict;

/// By how much fewer or more people arrive, everywhere alike, in each hidden state.
final class Arriving {
    /// Shifts of the logarithm of the rate: nobody at all (a link that is down for all), nights, holidays.
    static final double[] SHIFTS = {-8, -4.5, -3.2, -2.3, -1.6, -1.1, -0.7, -0.4, -0.2, 0, 0.2, 0.4};

    static final int NORMAL = 9;

    private Arriving() {}
}
