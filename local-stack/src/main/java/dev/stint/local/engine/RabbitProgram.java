package dev.stint.local.engine;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What starts RabbitMQ: a program that becomes the Erlang machine, so that a signal reaches it. The
 * one in Debian's {@code /usr/sbin} does not, which is why its folder of programs comes first.
 */
public final class RabbitProgram {
  /** The environment's variable that names it. */
  public static final String VARIABLE = "STINT_RABBITMQ";

  private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private RabbitProgram() {}

  /**
   * @param named what the environment says; null or empty if it says nothing
   * @throws Complaint if there is none
   */
  public static Path find(@Nullable String named) {
    if (named != null && !named.isEmpty()) {
      Path program = Path.of(named);
      if (!program.isAbsolute() || !Files.isExecutable(program)) {
        throw new Complaint(VARIABLE + " must be the absolute path of a program, not " + named);
      }
      return program;
    }
    return Stream.of(Optional.of(DEBIAN), Launcher.onPath("rabbitmq-server"))
        .flatMap(Optional::stream)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new Complaint(
                "needs RabbitMQ 4 and found no rabbitmq-server; install it, or set "
                    + VARIABLE
                    + " to the path of one; on Debian, as root, .ci/engines FOLDER puts one into a"
                    + " folder of its own"));
  }
}
