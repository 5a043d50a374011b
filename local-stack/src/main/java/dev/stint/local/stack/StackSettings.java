package dev.stint.local.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is made of.
 *
 * @param home the checkout, in which the services are built
 * @param config the {@code stint.yaml}
 * @param port of the API
 * @param redisUrl a Redis to use instead of starting one
 * @param brokerUrl a broker to use instead of starting one
 */
public record StackSettings(
    Path home, Path config, int port, @Nullable String redisUrl, @Nullable String brokerUrl) {}
