package dev.stint.job;

/**
 * A job to be put on the broker.
 *
 * @param ticket number of this publication, unique for the job and kept in its record. It tells a
 *     redelivery (same ticket as the claim) from a second publication (another ticket), so no
 *     message is ever sent twice with one ticket.
 */
public record Publication(JobSpec spec, long ticket) {}
