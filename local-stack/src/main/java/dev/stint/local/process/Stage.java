package dev.stint.local.process;

/**
 * What depends on what. Processes start in this order and stop in the opposite one: a worker that
 * drains still needs the producer's engines.
 */
public enum Stage {
  STORE,
  BROKER,
  PRODUCER,
  WORKER
}
