package dev.stint.producer;

import dev.stint.catalogue.CatalogueException;
import dev.stint.health.HealthCommand;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Runs the producer until it is told to stop. Exits 1 if it cannot start, after saying why. With
 * {@code health} it only asks the one that runs; see {@link HealthCommand}.
 */
@QuarkusMain
public final class ProducerMain {
  private static final int USUAL_PORT = 8080;

  private ProducerMain() {}

  public static void main(String... args) {
    if (HealthCommand.isAsked(args)) {
      var health = new HealthCommand("producer", USUAL_PORT).run(System.getenv(), args);
      (health.exitCode() == 0 ? System.out : System.err).println(health.text());
      exit(health.exitCode(), null);
      return;
    }
    configFile()
        .ifPresent(file -> System.setProperty("quarkus.config.locations", file.toUri().toString()));
    try {
      Quarkus.run(null, ProducerMain::exit, args);
    } catch (ExceptionInInitializerError unreadable) {
      // The settings are read before anything that could be told of a failure exists.
      exit(1, unreadable);
    }
  }

  /** The file that holds settings, too, if one is named. Quarkus has to know before it starts. */
  private static Optional<Path> configFile() {
    String named = System.getProperty("stint.config", System.getenv("STINT_CONFIG"));
    return Optional.ofNullable(named).map(Path::of).filter(file -> file.toFile().isFile());
  }

  private static void exit(int code, @Nullable Throwable failure) {
    if (failure != null) {
      tell(failure);
    }
    ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
  }

  private static void tell(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String why =
          switch (cause) {
            case CatalogueException _, ConfigValidationException _, BadSettingException _ ->
                cause.getMessage();
            case YAMLException yaml -> "the file of stint.config is not YAML: " + yaml.getMessage();
            case QuarkusBindException bind ->
                "quarkus.http.port: " + bind.getPort() + " is in use on " + bind.getHost();
            default -> null;
          };
      if (why != null) {
        // Not by the log, which may not be set up yet.
        System.err.println("The producer cannot start. " + why);
        return;
      }
    }
    Logger.getLogger(ProducerMain.class).error("the producer cannot start", failure);
  }
}
