package dev.stint.start;

import dev.stint.health.HealthCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/** Where a worker process begins: reads the flags, then starts Quarkus. */
@QuarkusMain
public final class WorkerMain {
  private WorkerMain() {}

  private static void run(Class<? extends QuarkusApplication> application) {
    try {
      Quarkus.run(application, WorkerMain::exit);
    } catch (ExceptionInInitializerError unreadable) {
      // The settings are read before anything that could be told of a failure exists.
      exit(1, unreadable);
    }
  }

  private static void exit(int code, @Nullable Throwable failure) {
    if (failure != null) {
      tell(failure);
    }
    System.exit(code);
  }

  /** Says why Quarkus did not start; its log may not be set up yet, or be closed again. */
  private static void tell(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ConfigValidationException settings -> {
          for (int i = 0; i < settings.getProblemCount(); i++) {
            Console.print("worker: " + settings.getProblem(i).getMessage(), 1);
          }
          return;
        }
        case YAMLException yaml -> {
          Console.print("worker: the file of --config is not YAML: " + yaml.getMessage(), 1);
          return;
        }
        case QuarkusBindException bind -> {
          Console.print(
              "worker: quarkus.http.port: " + bind.getPort() + " is in use on " + bind.getHost(),
              1);
          return;
        }
        default -> {}
      }
    }
    // A fault of ours: its stack is wanted.
    failure.printStackTrace();
  }

  /** Runs or checks a worker, or asks one for its health; see {@code worker --help}. */
  public static void main(String... args) {
    if (HealthCommand.isAsked(args)) {
      // Without QUARKUS_HTTP_PORT a worker listens on any port that is free.
      var health = new HealthCommand("worker", 0).run(System.getenv(), args);
      Console.print(health.text(), health.exitCode());
      System.exit(health.exitCode());
    }
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
        run(check ? CheckApplication.class : WorkerApplication.class);
      }
    }
  }
}
