/**
 * Text as models see it: conversations, chat templates with the character spans of each assistant turn, tokenizers. Start at
 * {@link org.tunebench.core.text.Tokenizers} and {@link org.tunebench.core.text.ChatTemplates}:
 *
 * <pre>{@code
 * Tokenizer tokenizer = Tokenizers.load(modelFolder);
 * ChatTemplate template = ChatTemplates.named("paper", tokenizer);
 * ChatTemplate.Rendered chat = template.render(List.of(Message.user("Hi"), Message.assistant("Hello.")), false);
 * chat.text(); // "<|user|>\nHi<|end|>\n<|assistant|>\nHello.<|end|>\n"
 * chat.assistantSpans(); // one, over "Hello.<|end|>"
 * Tokenizer.Encoding tokens = tokenizer.encodeWithOffsets(chat.text());
 * }</pre>
 */
@NullMarked
package org.tunebench.core.text;

import org.jspecify.annotations.NullMarked;
