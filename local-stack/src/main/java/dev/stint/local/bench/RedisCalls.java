package dev.stint.local.bench;

import java.util.Set;

/**
 * What a Redis server had executed at one moment.
 *
 * @param scripts scripts that clients called
 * @param commands all commands, those inside scripts too
 */
record RedisCalls(long scripts, long commands) {
  private static final Set<String> SCRIPT_COMMANDS = Set.of("eval", "evalsha", "fcall");
  private static final String PREFIX = "cmdstat_";

  /** Reads the answer to {@code INFO commandstats}: {@code cmdstat_get:calls=12,usec=...}. */
  static RedisCalls parse(String commandStats) {
    long scripts = 0;
    long commands = 0;
    for (String line : commandStats.lines().filter(l -> l.startsWith(PREFIX)).toList()) {
      String command = line.substring(PREFIX.length(), line.indexOf(':'));
      int start = line.indexOf("calls=") + "calls=".length();
      long calls = Long.parseLong(line.substring(start, line.indexOf(',', start)));
      commands += calls;
      scripts += SCRIPT_COMMANDS.contains(command) ? calls : 0;
    }
    return new RedisCalls(scripts, commands);
  }
}
