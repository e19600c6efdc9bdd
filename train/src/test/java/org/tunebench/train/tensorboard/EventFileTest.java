package org.tunebench.train.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;

/** Against TensorBoard's own writer: src/test/python/events.py, tensorboard 2.21.0. */
class EventFileTest {
    @TempDir
    Path folder;

    @Test
    void events_framed_areTensorBoardsBytes() throws IOException {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", 2.5);
        scalars.put("train/learning_rate", 2e-5);
        JsonNode golden;
        try (InputStream in = getClass().getResourceAsStream("/tensorboard/golden.json")) {
            golden = Json.MAPPER.readTree(in);
        }
        assertThat(hex(Events.fileVersion(1.25)))
                .isEqualTo(golden.path("file_version").asText());
        assertThat(hex(Events.start(1.5, 300))).isEqualTo(golden.path("start").asText());
        assertThat(hex(Events.scalars(1700000000.125, 7, scalars)))
                .isEqualTo(golden.path("scalars").asText());
    }

    @Test
    void create_inTheSameSecond_makesAFileThatComesAfter() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (EventFile events = EventFile.create(folder, 1)) {
                events.scalars(1, Map.of("train/loss", 1.0));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(f -> f.getFileName().toString()).sorted().toList();
            assertThat(names).hasSize(3).allMatch(n -> n.matches("events\\.out\\.tfevents\\.\\d{10}\\.tunebench"));
        }
    }

    private static String hex(byte[] event) {
        ByteBuffer frame = RecordFrame.of(event);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
