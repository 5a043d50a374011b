package dev.stint.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a worker process begins: reads the flags, then starts Quarkus. */
@QuarkusMain
public final class WorkerMain {
  private WorkerMain() {}

  private static void exit(int code, @Nullable Throwable failure) {
    if (failure != null) {
      // The log is closed by now. Whatever comes here is a fault of ours: its stack is wanted.
      failure.printStackTrace();
    }
    System.exit(code);
  }

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
        Quarkus.run(check ? CheckApplication.class : WorkerApplication.class, WorkerMain::exit);
      }
    }
  }
}
