package barograph.dossier;

import java.util.List;

/// One thing that the dossier says, with the entries that prove it.
///
/// @param proofs indexes of entries of the record, in order, each once; empty only for what is not known
public record Sentence(Sort sort, String words, List<Long> proofs) {
    /// @throws IllegalArgumentException when it claims something that no entry proves
    public Sentence {
        words = Legible.line(words);
        proofs = proofs.stream().sorted().distinct().toList();
        if (sort != Sort.UNKNOWN && proofs.isEmpty()) {
            throw new IllegalArgumentException("no entry proves this sentence: " + words);
        }
    }

    static Sentence fact(String words, List<Long> proofs) {
        return new Sentence(Sort.FACT, words, proofs);
    }

    static Sentence fact(String words, long proof) {
        return fact(words, List.of(proof));
    }

    static Sentence measured(String words, List<Long> proofs) {
        return new Sentence(Sort.MEASUREMENT, words, proofs);
    }

    static Sentence measured(String words, long proof) {
        return measured(words, List.of(proof));
    }

    static Sentence inferred(String words, List<Long> proofs) {
        return new Sentence(Sort.INFERENCE, words, proofs);
    }

    static Sentence decided(String words, List<Long> proofs) {
        return new Sentence(Sort.DECISION, words, proofs);
    }

    static Sentence decided(String words, long proof) {
        return decided(words, List.of(proof));
    }

    /// @param proofs what bears upon it, if anything does
    static Sentence unknown(String words, Long... proofs) {
        return new Sentence(Sort.UNKNOWN, words, List.of(proofs));
    }
}
