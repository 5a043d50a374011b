package dev.stint.redis;

import io.vertx.redis.client.Request;

/**
 * A command, and where it goes.
 *
 * @param partition whose keys it touches, and no others
 */
record Addressed(String partition, Request request) {}
