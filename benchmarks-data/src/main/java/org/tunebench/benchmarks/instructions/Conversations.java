package org.tunebench.benchmarks.instructions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.facts.Phrasings;
import org.tunebench.core.text.Message;

/** Conversations of two questions, three out of four under a system prompt. */
final class Conversations {
    private Conversations() {}

    static List<List<Message>> of(FactBook book, KindWords words, int count, Random random) {
        Phrasings phrasings = book.phrasings();
        List<Fact> facts = new ArrayList<>(book.tuned());
        Collections.shuffle(facts, random);
        List<List<Message>> conversations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Fact first = facts.get(2 * i % facts.size());
            Fact second = facts.get((2 * i + 1) % facts.size());
            List<Message> messages = new ArrayList<>();
            if (i % 4 != 3) {
                messages.add(Message.system(
                        words.systems().get(random.nextInt(words.systems().size()))));
            }
            List<String> openings = phrasings.questionsOf(first, phrasings.questionFrames());
            List<String> followUps = phrasings.questionsOf(second, words.followUps());
            messages.add(Message.user(openings.get(random.nextInt(openings.size()))));
            messages.add(Message.assistant(first.object()));
            messages.add(Message.user(followUps.get(random.nextInt(followUps.size()))));
            messages.add(Message.assistant(second.object()));
            conversations.add(messages);
        }
        return conversations;
    }
}
