package org.tunebench.reports.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.tunebench.core.record.Json;

/** What a page's script unpacks, unpacked here. */
public final class Islands {
    private static final Pattern ISLAND =
            Pattern.compile("<script type=\"text/plain\" id=\"data-([^\"]*)\">([A-Za-z0-9+/=]*)</script>");

    private Islands() {}

    /** One part of a page's data. */
    public static JsonNode read(String page, String name) {
        Matcher matcher = ISLAND.matcher(page);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return unpack(matcher.group(2));
            }
        }
        throw new AssertionError("the page has no data '" + name + "'");
    }

    /** The names of a page's data. */
    public static List<String> names(String page) {
        List<String> names = new ArrayList<>();
        Matcher matcher = ISLAND.matcher(page);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static JsonNode unpack(String packed) {
        try (InputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(packed)), new Inflater(true))) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
