package dev.stint.local.chaos;

import java.util.List;
import java.util.stream.Stream;

/** The processes of the stack. */
final class Names {
  static final String REDIS = "redis";
  static final String BROKER = "broker";

  /** The task whose jobs kill their worker. */
  static final String POISON = "poison";

  static final List<String> ENGINES = List.of(REDIS, BROKER);
  static final List<String> PRODUCERS = List.of("producer-1", "producer-2");
  static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");

  private Names() {}

  /** Producers and workers. */
  static List<String> services() {
    return Stream.concat(PRODUCERS.stream(), WORKERS.stream()).toList();
  }

  /** The name without its number. */
  static String kind(String name) {
    return name.replaceFirst("-\\w+$", "");
  }
}
