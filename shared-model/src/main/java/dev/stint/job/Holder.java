package dev.stint.job;

import java.time.Instant;

/**
 * Who runs a job now.
 *
 * @param worker id of the worker
 * @param startedAt when it claimed the job
 */
public record Holder(String worker, Instant startedAt) {}
