package dev.stint.local.bench;

import java.util.Locale;

/** The processes whose processor time is told apart. */
enum Part {
  WORKER,
  BROKER,
  REDIS,
  PRODUCER;

  static Part of(String process) {
    return process.startsWith("worker-") ? WORKER : valueOf(process.toUpperCase(Locale.ROOT));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
