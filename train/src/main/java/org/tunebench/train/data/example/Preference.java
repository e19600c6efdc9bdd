package org.tunebench.train.data.example;

import java.util.List;
import org.tunebench.core.text.Message;

/** What raters said of a conversation's last answer. */
public sealed interface Preference {

    /**
     * They preferred it to another: a pair as DPO takes it (Rafailov et al. 2023, arXiv:2305.18290).
     *
     * @param replaced how many of the conversation's last turns the other has something else for
     * @param messages what the other has in their place
     */
    record Over(int replaced, List<Message> messages) implements Preference {
        public Over {
            messages = List.copyOf(messages);
        }
    }

    /** They called it good or bad, by itself, as KTO takes it (Ethayarajh et al. 2024, arXiv:2402.01306). */
    record Label(boolean desirable) implements Preference {}
}
