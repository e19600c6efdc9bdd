package org.tunebench.benchmarks.facts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to state and to ask any fact. An instruction is a question frame, filled with a noun phrase, inside a wrapper;
 * {@code held out} frames and wrappers never occur in instruction data.
 *
 * @param statements frames with the answer; with three noun phrases each they are 24 of a fact's 27 phrasings
 * @param fillers raw text that uses the words of questions without an answer
 */
public record Phrasings(
        List<String> statements,
        @JsonProperty("question_frames") List<String> questionFrames,
        List<String> wrappers,
        @JsonProperty("held_out_frames") List<String> heldOutFrames,
        @JsonProperty("held_out_wrappers") List<String> heldOutWrappers,
        List<String> fillers) {

    /** Every way the raw text states a fact, in a fixed order: frames times noun phrases, then the relation's own. */
    public List<String> statementsOf(Fact fact) {
        List<String> all = new ArrayList<>();
        for (String nounPhrase : fact.relation().nounPhrases()) {
            for (String frame : statements) {
                all.add(Phrase.fill(frame, fact, nounPhrase));
            }
        }
        for (String own : fact.relation().own()) {
            all.add(Phrase.fillOwn(own, fact));
        }
        return all;
    }

    /** Every instruction made of some wrappers and frames, over the relation's three noun phrases. */
    public List<String> instructionsOf(Fact fact, List<String> someWrappers, List<String> someFrames) {
        List<String> all = new ArrayList<>();
        for (String wrapper : someWrappers) {
            for (String question : questionsOf(fact, someFrames)) {
                all.add(wrapper.replace("{q}", question));
            }
        }
        return all;
    }

    /** Every question made of some frames, over the relation's three noun phrases, in no wrapper. */
    public List<String> questionsOf(Fact fact, List<String> someFrames) {
        List<String> all = new ArrayList<>();
        for (String frame : someFrames) {
            for (String nounPhrase : fact.relation().nounPhrases()) {
                all.add(Phrase.fill(frame, fact, nounPhrase));
            }
        }
        return all;
    }

    /** The single template: the first frame over the first noun phrase in the first wrapper. */
    public String singleInstruction(Fact fact) {
        String question = Phrase.fill(
                questionFrames.get(0), fact, fact.relation().nounPhrases().get(0));
        return wrappers.get(0).replace("{q}", question);
    }

    /** A fact's beginning and the rest: {@code The capital of France} and {@code is Paris.} */
    public List<String> cloze(Fact fact, String object) {
        String named = fact.relation().nounPhrases().get(0).replace("{s}", fact.subject());
        return List.of(Phrase.capitalized(named), "is " + object + ".");
    }
}
