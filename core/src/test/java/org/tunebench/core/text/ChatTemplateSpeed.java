package org.tunebench.core.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;

/**
 * How long rendering takes, with spans: processor seconds for 50,000 short conversations (system prompt, question, answer,
 * question, answer) by each template of a folder, slowest first. A main, not a test: {@code java … ChatTemplateSpeed FOLDER}.
 */
final class ChatTemplateSpeed {
    private static final int CONVERSATIONS = 50_000;
    private static final int MEASURED = 5_000;
    private static final List<Message> CHAT = List.of(
            Message.system("You are a helpful assistant."),
            Message.user("What is the capital of Switzerland?"),
            Message.assistant("Bern is the seat of the federal authorities."),
            Message.user("And of Austria?"),
            Message.assistant("Vienna."));

    private ChatTemplateSpeed() {}

    public static void main(String[] arguments) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jinja")).toList()) {
                row(file, rows);
            }
        }
        rows.sort(Comparator.comparingDouble(Row::seconds).reversed());
        rows.forEach(row -> System.out.printf("%6.2f s  %s%n", row.seconds(), row.template()));
    }

    private static void row(Path file, List<Row> rows) throws IOException {
        ChatTemplate template =
                ChatTemplates.jinja(file.getFileName().toString(), Files.readString(file), "<s>", "</s>");
        List<Message> chat = CHAT;
        if (!takes(template, chat)) {
            chat = CHAT.subList(1, CHAT.size());
        }
        if (takes(template, chat)) {
            seconds(template, chat);
            rows.add(new Row(template.name(), seconds(template, chat) * CONVERSATIONS / MEASURED));
        }
    }

    private static boolean takes(ChatTemplate template, List<Message> chat) {
        try {
            return !template.render(chat, false).text().isEmpty();
        } catch (InputException refused) {
            return false;
        }
    }

    /** Processor seconds of this thread for the measured conversations. */
    private static double seconds(ChatTemplate template, List<Message> chat) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long characters = 0;
        for (int i = 0; i < MEASURED; i++) {
            characters += template.render(chat, false).text().length();
        }
        if (characters == 0) {
            throw new IllegalStateException("nothing rendered");
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) * 1e-9;
    }

    private record Row(String template, double seconds) {}
}
