package org.tunebench.train.selfinstruct;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an instruction that passed the filters comes from.
 *
 * @param request that it is from; the instruction is the {@code place}-th that could be read in its answer
 * @param shown ids of the tasks in the prompt: seed tasks, and tasks made before
 * @param mostSimilar absent where no instruction before it has a word in common with it
 * @param instances that are left; with 0 it is no task
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lineage(
        String id,
        String instruction,
        String model,
        String request,
        int place,
        List<String> shown,
        @Nullable String mostSimilar,
        @Nullable Double rougeL,
        @Nullable String classificationRequest,
        @Nullable String instancesRequest,
        int instances) {}
