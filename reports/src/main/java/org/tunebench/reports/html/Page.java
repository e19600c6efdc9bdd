package org.tunebench.reports.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tunebench.core.record.Sha256;

/** The page's templates, style and scripts, and the policy that lets nothing else run. */
final class Page {
    private static final List<String> STYLES =
            List.of("style/page.css", "style/tables.css", "style/samples.css", "style/narrow.css", "style/print.css");
    /** In this order: each may use what stands before it. */
    private static final List<String> SCRIPTS = List.of(
            "script/text.js",
            "script/data.js",
            "script/tables.js",
            "script/charts.js",
            "script/leaderboard.js",
            "script/pairs.js",
            "script/sidebyside.js",
            "script/curves.js",
            "script/radars.js",
            "script/search.js",
            "script/sample.js",
            "script/lineage.js",
            "script/explorer.js",
            "script/routes.js");

    private static final Configuration TEMPLATES = templates();

    private Page() {}

    /** Renders the page. */
    static void write(Map<String, Object> model, Writer out) throws IOException {
        String style = joined(STYLES);
        String script = "(() => {\n\"use strict\";\n" + joined(SCRIPTS) + "})();\n";
        List<String> libraries = List.of(
                webJar("chart.js", "/dist/chart.umd.js").replaceAll("(?m)^//# sourceMappingURL=.*$", ""),
                webJar("diff", "/dist/diff.min.js"));
        Map<String, Object> page = new HashMap<>(model);
        page.put(
                "policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + Sha256.policySource(style)
                        + "; script-src "
                        + Stream.concat(libraries.stream(), Stream.of(script))
                                .map(Sha256::policySource)
                                .collect(Collectors.joining(" ")));
        page.put("style", asIs(style));
        page.put("libraries", libraries.stream().map(Page::asIs).toList());
        page.put("script", asIs(script));
        process("report.ftlh", page, out);
    }

    /** Renders a page without any script, whose styles are these files. */
    static void writeStill(String template, List<String> styles, Map<String, Object> model, Writer out)
            throws IOException {
        String style = joined(styles);
        Map<String, Object> page = new HashMap<>(model);
        page.put(
                "policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + Sha256.policySource(style));
        page.put("style", asIs(style));
        process(template, page, out);
    }

    private static void process(String template, Map<String, Object> page, Writer out) throws IOException {
        try {
            TEMPLATES.getTemplate(template).process(page, out);
        } catch (TemplateException e) {
            throw new IllegalStateException("the page's own template is wrong", e);
        }
    }

    private static String joined(List<String> names) {
        return names.stream()
                .map(name -> resource(Page.class.getResourceAsStream(name), name))
                .collect(Collectors.joining());
    }

    /** A library's file as its WebJar has it. */
    private static String webJar(String library, String file) throws IOException {
        ClassLoader loader = Page.class.getClassLoader();
        String pom = "META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
        Properties properties = new Properties();
        properties.load(new StringReader(resource(loader.getResourceAsStream(pom), pom)));
        String path = "META-INF/resources/webjars/" + library + "/" + properties.getProperty("version") + file;
        return resource(loader.getResourceAsStream(path), path);
    }

    /** Only for this module's own files: data never goes through here. */
    private static TemplateHTMLOutputModel asIs(String ownResource) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(ownResource);
        } catch (freemarker.template.TemplateModelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(@org.jspecify.annotations.Nullable InputStream in, String name) {
        try (in) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Page.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setNumberFormat("c");
        configuration.setLocale(Locale.ENGLISH);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        return configuration;
    }
}
