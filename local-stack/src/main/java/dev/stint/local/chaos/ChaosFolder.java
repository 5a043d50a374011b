package dev.stint.local.chaos;

import dev.stint.local.process.Complaint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a run has everything: data, logs, catalogue, and the journal of its handlers. */
record ChaosFolder(Path path) {
  static ChaosFolder make() {
    try {
      var folder = new ChaosFolder(Files.createTempDirectory("stint-chaos"));
      folder.copy("chaos.yaml");
      folder.copy("witness.sh");
      folder.copy("hostile.sh");
      return folder;
    } catch (IOException e) {
      throw new Complaint("cannot make a temporary folder", e);
    }
  }

  Path catalogue() {
    return path.resolve("chaos.yaml");
  }

  /** What the handlers wrote. */
  Path journal() {
    return path.resolve("journal");
  }

  void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Complaint("cannot clear " + path, e);
    }
  }

  private void copy(String resource) throws IOException {
    try (InputStream in = ChaosFolder.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing from the class path");
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(path.resolve(resource), text.replace("@folder@", path.toString()));
    }
  }
}
