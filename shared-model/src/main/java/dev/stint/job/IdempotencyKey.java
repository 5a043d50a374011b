package dev.stint.job;

/**
 * A client's own name for a request, so that sending it twice makes one job.
 *
 * @param key the client's text, unique for it
 * @param fingerprint digest of the request: the same key with another request is a mistake
 */
public record IdempotencyKey(String key, String fingerprint) {}
