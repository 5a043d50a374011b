package dev.stint.local.fleet.engine;

import dev.stint.local.process.Launch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An engine of a fleet's own, with its data in the fleet's folder: nothing of it is left. */
record Owned(String url, List<Launch> launches, Map<String, String> env, Path data)
    implements Engine {
  @Override
  public void close() {}
}
