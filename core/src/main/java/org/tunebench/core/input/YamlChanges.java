package org.tunebench.core.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What differs between two YAML documents, key by key. Comments, order and layout do not count. */
public final class YamlChanges {
    private YamlChanges() {}

    /** For example {@code optimizer.learning_rate was 0.01, is 0.02}; empty where both say the same. */
    public static List<String> between(String before, String now) {
        Map<String, String> old = flat(before);
        Map<String, String> current = flat(now);
        TreeSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(current.keySet());
        List<String> changes = new ArrayList<>();
        for (String key : keys) {
            String was = old.getOrDefault(key, "not there");
            String is = current.getOrDefault(key, "not there");
            if (!was.equals(is)) {
                changes.add(key + " was " + was + ", is " + is);
            }
        }
        return changes;
    }

    private static Map<String, String> flat(String yaml) {
        Map<String, String> flat = new TreeMap<>();
        collect("", new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml), flat);
        return flat;
    }

    private static void collect(String key, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((k, v) -> collect(key.isEmpty() ? String.valueOf(k) : key + "." + k, v, into));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                collect(key + "[" + i + "]", list.get(i), into);
            }
        } else {
            into.put(key, Objects.toString(value));
        }
    }
}
