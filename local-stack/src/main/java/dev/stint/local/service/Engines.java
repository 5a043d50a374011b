package dev.stint.local.service;

import java.nio.file.Path;
import java.util.Map;

/**
 * What producer and workers are told alike.
 *
 * @param config the {@code stint.yaml}
 */
public record Engines(String redisUrl, String brokerUrl, Path config) {
  Map<String, String> env(int port) {
    return Map.of(
        "STINT_REDIS_URL",
        redisUrl,
        "STINT_BROKER_URL",
        brokerUrl,
        "STINT_CONFIG",
        config.toString(),
        "QUARKUS_HTTP_HOST",
        "127.0.0.1",
        "QUARKUS_HTTP_PORT",
        Integer.toString(port));
  }
}
