package dev.stint.local;

import dev.stint.local.api.JobsClient;
import dev.stint.local.console.ProgressBar;
import dev.stint.local.demo.Demo;
import dev.stint.local.demo.FolderFiles;
import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stint demo}: real work for a running stack. */
@Command(
    name = "demo",
    description = "Runs a sha256 job for each file under FOLDER and checks every result.",
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int MOST_PROBLEMS = 20;

  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "FOLDER",
      description = "Whose files, however deep.")
  private Path folder = Path.of(".");

  @Option(names = "--url", description = "Of the producer.", paramLabel = "URL")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    FolderFiles files = FolderFiles.under(folder);
    try (var jobs = new JobsClient(url)) {
      var bar = new ProgressBar(out, isTerminal(), files.readable().size());
      Demo.Report report = new Demo(jobs).run(files.readable(), bar::show);
      show(report, files.unreadable(), out);
      return report.isGood() ? 0 : 1;
    }
  }

  private static void show(Demo.Report report, List<Path> unreadable, PrintWriter out) {
    report.problems().stream().limit(MOST_PROBLEMS).forEach(out::println);
    if (report.problems().size() > MOST_PROBLEMS) {
      out.println("and " + (report.problems().size() - MOST_PROBLEMS) + " more");
    }
    if (!unreadable.isEmpty()) {
      out.println(unreadable.size() + " files left out, because they cannot be read");
    }
    out.printf(
        Locale.ROOT,
        "%d jobs in %.1f s, %.0f jobs/s, %d failed, %d mismatches%n",
        report.jobs(),
        report.took().toMillis() / 1e3,
        report.perSecond(),
        report.failed(),
        report.mismatches());
    out.flush();
  }

  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
