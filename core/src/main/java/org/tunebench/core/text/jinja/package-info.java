/**
 * The Jinja2 of chat templates and of PromptSource's prompts ({@link org.tunebench.core.text.jinja.Dialect}). Chat
 * templates are rendered as Python's jinja2 3.1 renders them in the immutable sandbox that transformers sets up
 * (trim_blocks, lstrip_blocks, loop controls, {@code raise_exception}, {@code strftime_now}, its own {@code tojson},
 * {@code {% generation %}}), prompts as PromptSource does. Start at {@link org.tunebench.core.text.jinja.JinjaTemplate}:
 *
 * <pre>{@code
 * JinjaTemplate template = JinjaTemplate.compile("greeting", "{% for m in messages %}<{{ m.role }}>{% endfor %}");
 * JinjaTemplate.Output output = template.render(Map.of("messages", List.of(Map.of("role", "user"))));
 * output.text(); // "<user>"
 * }</pre>
 *
 * <p>The way through the package: {@code Lexer} → {@code Parser} → {@code Statement}s and {@code Expression}s, which carry
 * their own meaning and run against a {@code Scope}. Values are Java's (String, Long, Double, Boolean, List, Map) beside the
 * few of Python's that Java lacks. A template's data never becomes template source.
 */
@NullMarked
package org.tunebench.core.text.jinja;

import org.jspecify.annotations.NullMarked;
