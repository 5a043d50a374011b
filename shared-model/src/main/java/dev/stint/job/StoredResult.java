package dev.stint.job;

import org.jspecify.annotations.Nullable;

/**
 * The result of a job.
 *
 * @param json absent if the job has not succeeded, or succeeded without a result
 */
public record StoredResult(StateName state, @Nullable String json) {}
