package dev.stint.local.fleet.engine;

import dev.stint.local.process.Launch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Redis or a broker, as a fleet uses it. */
public interface Engine extends AutoCloseable {
  /** What producer and workers connect to. */
  String url();

  /**
   * The processes it consists of, in the order of their start; the first is the one that a test
   * kills. Empty if the engine is given.
   */
  List<Launch> launches();

  /** What producer and workers have to be told of it beside the URL. */
  Map<String, String> env();

  /**
   * The folder without which it has forgotten everything.
   *
   * @throws UnsupportedOperationException if that cannot be had
   */
  default Path data() {
    throw new UnsupportedOperationException("the data of this engine are not the test's");
  }

  /** Waits until it would have everything again if it was killed now. */
  default void awaitWritten() {}

  /**
   * Removes what is left of this fleet. Called when all its processes have ended.
   *
   * @throws Exception if something may be left
   */
  @Override
  void close() throws Exception;
}
