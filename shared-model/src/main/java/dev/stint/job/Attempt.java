package dev.stint.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job.
 *
 * @param number from 1
 * @param worker id of the worker that ran it
 * @param finishedAt absent while it runs
 * @param error absent while it runs and if it succeeded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
    int number,
    String worker,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Failure error) {}
