package dev.stint.redis;

import io.vertx.core.Future;

/** Says which server to connect to, each time anew: it can be another one than before. */
interface Locator {
  /** A URL of a single server. May be answered on any thread. */
  Future<String> url();

  /** Whether a server has to say of itself that it is a master before it is used. */
  default boolean mustBeMaster() {
    return false;
  }
}
