package org.tunebench.train.selfinstruct;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run made and what it took.
 *
 * @param instructions new ones that passed the filters
 * @param tasks of these, those with an instance left
 * @param classificationTasks of the tasks
 * @param stoppedEarly whether the model no longer wrote anything new before there were as many as wanted
 * @param examplesShown of each published prompt with worked examples, how many its context had room for
 * @param usage requests and tokens by stage
 * @param cost in the currency of the prices given; absent where none were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(
        String method,
        String model,
        String seedTasks,
        String seedTasksSha256,
        int wanted,
        int promptTasks,
        boolean classificationOnly,
        boolean chat,
        long seed,
        int instructions,
        int tasks,
        int instances,
        int classificationTasks,
        boolean stoppedEarly,
        Map<String, String> examplesShown,
        Map<String, Usage> usage,
        @Nullable Double cost,
        List<Dropped> dropped) {
    /** @param promptTokens absent where the model does not tell */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Usage(
            long requests,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens) {}

    /**
     * What one filter dropped.
     *
     * @param of request, instruction or instance
     * @param samples the first few
     */
    public record Dropped(String filter, String of, int dropped, List<String> samples) {}
}
