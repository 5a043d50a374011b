package dev.stint.submit;

/**
 * How much a request may be.
 *
 * @param mostBytes of the body of a submit
 */
public record RequestLimits(int mostBytes) {}
