package org.tunebench.reports.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The page's templates, style and scripts, and the policy that lets nothing else run. */
final class Page {
    private static final String CHART_VERSION = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";
    private static final Configuration TEMPLATES = templates();

    private Page() {}

    /** Renders the page. */
    static void write(Map<String, Object> model, Writer out) throws IOException {
        String style = resource(Page.class.getResourceAsStream("report.css"), "report.css");
        String charts = charts();
        String script = resource(Page.class.getResourceAsStream("report.js"), "report.js");
        Map<String, Object> page = new HashMap<>(model);
        page.put(
                "policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hash(style) + "; script-src "
                        + hash(charts) + " " + hash(script));
        page.put("style", asIs(style));
        page.put("charts", asIs(charts));
        page.put("script", asIs(script));
        try {
            TEMPLATES.getTemplate("report.ftlh").process(page, out);
        } catch (TemplateException e) {
            throw new IllegalStateException("the report's own template is wrong", e);
        }
    }

    /** Chart.js, as its WebJar has it, without the pointer to its source map, which a browser would ask for. */
    private static String charts() throws IOException {
        ClassLoader loader = Page.class.getClassLoader();
        Properties pom = new Properties();
        try (Reader reader =
                new java.io.StringReader(resource(loader.getResourceAsStream(CHART_VERSION), CHART_VERSION))) {
            pom.load(reader);
        }
        String path = "META-INF/resources/webjars/chart.js/" + pom.getProperty("version") + "/dist/chart.umd.js";
        return resource(loader.getResourceAsStream(path), path).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
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

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Page.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setNumberFormat("c");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        return configuration;
    }
}
