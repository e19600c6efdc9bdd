package org.tunebench.core.text;

import java.util.List;

/** A folder's two templates: {@code default}, and {@code tool_use} for conversations with tools. */
record ToolUseTemplate(ChatTemplate standard, ChatTemplate toolUse) implements ChatTemplate {
    @Override
    public String name() {
        return standard.name();
    }

    @Override
    public String source() {
        return standard.source();
    }

    @Override
    public String endOfTurn() {
        return standard.endOfTurn();
    }

    @Override
    public Rendered render(List<Message> messages, Tools tools, boolean addGenerationPrompt) {
        return (tools.isEmpty() ? standard : toolUse).render(messages, tools, addGenerationPrompt);
    }
}
