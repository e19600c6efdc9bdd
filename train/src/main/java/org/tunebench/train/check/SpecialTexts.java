package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;

/** Looks in the data's own texts for what a tokenizer turns into special tokens. */
final class SpecialTexts {
    private final Map<Character, List<String>> byFirstCharacter = new HashMap<>();

    SpecialTexts(List<String> specialTokens) {
        for (String token : specialTokens) {
            if (!token.isBlank()) {
                byFirstCharacter
                        .computeIfAbsent(token.charAt(0), c -> new ArrayList<>())
                        .add(token);
            }
        }
    }

    /** Where the first one stands, e.g. {@code <|im_end|> in the assistant's turn 2}; null where there is none. */
    @Nullable
    String find(Example example) {
        if (example instanceof Example.RawText raw) {
            String found = first(raw.text());
            return found == null ? null : found + " in the text";
        }
        List<Message> messages = ((Example.Conversation) example).messages();
        for (int i = 0; i < messages.size(); i++) {
            String found = first(messages.get(i).content());
            if (found != null) {
                return found + " in message " + (i + 1) + " ("
                        + messages.get(i).role().id() + ")";
            }
        }
        return null;
    }

    private @Nullable String first(String text) {
        for (int i = 0; i < text.length(); i++) {
            for (String token : byFirstCharacter.getOrDefault(text.charAt(i), List.of())) {
                if (text.startsWith(token, i)) {
                    return token;
                }
            }
        }
        return null;
    }
}
