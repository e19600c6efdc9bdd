package org.tunebench.eval.endpoint;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import java.util.Optional;

/** Requests and answers as the two interfaces write them: completions of a text, and of a chat. */
final class Wire {
    private Wire() {}

    /** An answer without a choice. */
    static final class NoChoiceException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static EndpointReply chat(OpenAIClient client, String model, EndpointRequest request) {
        ChatCompletionCreateParams.Builder builder =
                ChatCompletionCreateParams.builder().model(model);
        if (request.system() != null) {
            builder.addSystemMessage(request.system());
        }
        builder.addUserMessage(request.prompt())
                .temperature(request.temperature())
                .maxTokens(request.maxTokens());
        if (request.topP() < 1) {
            builder.topP(request.topP());
        }
        if (request.presencePenalty() != 0) {
            builder.presencePenalty(request.presencePenalty());
        }
        if (!request.stops().isEmpty()) {
            builder.stopOfStrings(request.stops());
        }
        ChatCompletion answer = client.chat().completions().create(builder.build());
        ChatCompletion.Choice choice = answer.choices().stream().findFirst().orElseThrow(NoChoiceException::new);
        boolean cut = choice._finishReason()
                .asKnown()
                .filter(ChatCompletion.Choice.FinishReason.LENGTH::equals)
                .isPresent();
        return reply(choice.message().content().orElse(""), cut, answer.usage());
    }

    static EndpointReply text(OpenAIClient client, String model, EndpointRequest request) {
        CompletionCreateParams.Builder builder = CompletionCreateParams.builder()
                .model(model)
                .prompt(request.prompt())
                .temperature(request.temperature())
                .maxTokens(request.maxTokens());
        if (request.topP() < 1) {
            builder.topP(request.topP());
        }
        if (request.presencePenalty() != 0) {
            builder.presencePenalty(request.presencePenalty());
        }
        if (!request.stops().isEmpty()) {
            builder.stopOfStrings(request.stops());
        }
        Completion answer = client.completions().create(builder.build());
        CompletionChoice choice = answer.choices().stream().findFirst().orElseThrow(NoChoiceException::new);
        boolean cut = choice._finishReason()
                .asKnown()
                .filter(CompletionChoice.FinishReason.LENGTH::equals)
                .isPresent();
        return reply(choice.text(), cut, answer.usage());
    }

    private static EndpointReply reply(String text, boolean cut, Optional<CompletionUsage> usage) {
        return new EndpointReply(
                text,
                cut,
                null,
                usage.map(CompletionUsage::promptTokens).orElse(null),
                usage.map(CompletionUsage::completionTokens).orElse(null));
    }
}
