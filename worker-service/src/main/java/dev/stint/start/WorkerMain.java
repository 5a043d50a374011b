package dev.stint.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/** Where a worker process begins: reads the flags, then starts Quarkus. */
@QuarkusMain
public final class WorkerMain {
  private WorkerMain() {}

  /** Runs or checks a worker; see {@code worker --help}. */
  public static void main(String... args) {
    switch (new Flags().parse(args)) {
      case Flags.Asked.Print(var text, var exitCode) -> {
        Console.print(text, exitCode);
        System.exit(exitCode);
      }
      case Flags.Asked.Start(var check, var settings) -> {
        settings.forEach(System::setProperty);
        // One file holds the catalogue and the settings: Quarkus reads its part of it.
        Optional.ofNullable(System.getProperty("stint.config", System.getenv("STINT_CONFIG")))
            .ifPresent(file -> System.setProperty("quarkus.config.locations", file));
        Quarkus.run(
            check ? CheckApplication.class : WorkerApplication.class,
            (code, _) -> System.exit(code));
      }
    }
  }
}
