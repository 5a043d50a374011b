package dev.stint.job;

/**
 * The right to end an attempt: what {@code claim} gives and every later move of the worker shows. A
 * later claim of the same job has a greater token, and from then on this one is refused as stale.
 *
 * @param attempt number of the attempt, from 1
 * @param token fencing token, greater with each claim of the job (Kleppmann, "How to do distributed
 *     locking", 2016)
 */
public record Held(JobId id, int attempt, long token) {}
