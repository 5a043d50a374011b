package dev.stint.upkeep;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Something to be done again and again.
 *
 * @param pass does it once, and says how much there was to do
 * @param every the wait between two passes, from half of it to the whole, at random, so that
 *     several producers do not fall into step
 */
public record Chore(String name, IntSupplier pass, Duration every) {}
