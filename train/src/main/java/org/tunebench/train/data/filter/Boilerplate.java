package org.tunebench.train.data.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Filter {@code boilerplate}: drops a conversation with a response that holds one of the phrases by which an assistant
 * refuses or talks about itself, in either case, whatever the apostrophes and spaces. Such lists cleaned the ShareGPT chats
 * that Vicuna's successors were trained on. Raw text passes.
 *
 * @param lists the lists to take, both by default; the files {@code refusals-en.txt} and {@code boilerplate-en.txt} beside
 *     this class
 * @param phrases more phrases
 * @param except phrases of the lists that are allowed
 */
public record Boilerplate(List<PhraseList> lists, List<String> phrases, List<String> except) implements ExampleFilter {
    /** The lists there are, all English. */
    public enum PhraseList {
        /** The response does not do what was asked. */
        REFUSALS,
        /** The response talks about the assistant that wrote it. */
        BOILERPLATE;

        List<String> phrases() {
            String name = name().toLowerCase(Locale.ROOT) + "-en.txt";
            InputStream resource = Objects.requireNonNull(Boilerplate.class.getResourceAsStream(name), name);
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
                return lines.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public Boilerplate {
        lists = lists == null ? List.of(PhraseList.values()) : List.copyOf(lists);
        phrases = phrases == null ? List.of() : List.copyOf(phrases);
        except = except == null ? List.of() : List.copyOf(except);
        if (lists.isEmpty() && phrases.isEmpty()) {
            throw new IllegalArgumentException("lists and phrases are empty: nothing would be found");
        }
        if (Stream.concat(phrases.stream(), except.stream()).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("phrases: a phrase is empty");
        }
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        Set<String> sought = new LinkedHashSet<>();
        lists.forEach(list -> list.phrases().forEach(p -> sought.add(normalised(p))));
        phrases.forEach(p -> sought.add(normalised(p)));
        except.forEach(p -> sought.remove(normalised(p)));
        List<String> all = List.copyOf(sought);
        return FilterPass.ofExchanges(exchange -> {
            String response = normalised(exchange.response());
            for (String phrase : all) {
                if (response.contains(phrase)) {
                    return "response says '" + phrase + "'";
                }
            }
            return null;
        });
    }

    /** Lower case, straight apostrophes, single spaces. */
    private static String normalised(String text) {
        StringBuilder normal = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = Character.toLowerCase(text.charAt(i));
            if (Character.isWhitespace(c) || c == '\u00A0') {
                space = true;
            } else {
                if (space && !normal.isEmpty()) {
                    normal.append(' ');
                }
                space = false;
                normal.append(c == '\u2019' || c == '\u2018' || c == '`' ? '\'' : c);
            }
        }
        return normal.toString();
    }
}
