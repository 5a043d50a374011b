package dev.stint.local.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A part of a YAML file, read by the way to it. */
record Document(Object content) {
  /** All documents of a file. */
  static List<Document> read(Path file) {
    try (var reader = Files.newBufferedReader(file)) {
      var all = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader);
      return StreamSupport.stream(all.spliterator(), false).map(Document::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param way keys, and positions in lists
   * @throws IllegalArgumentException if there is nothing
   */
  Document at(Object... way) {
    Object here = content;
    for (Object step : way) {
      here =
          step instanceof Integer position
              ? ((List<?>) here).get(position)
              : ((Map<?, ?>) here).get(step);
      if (here == null) {
        throw new IllegalArgumentException("no " + step + " on the way " + List.of(way));
      }
    }
    return new Document(here);
  }

  boolean has(String key) {
    return ((Map<?, ?>) content).containsKey(key);
  }

  String text(Object... way) {
    return String.valueOf(at(way).content);
  }

  Stream<Document> items(Object... way) {
    return ((List<?>) at(way).content).stream().map(Document::new);
  }

  Stream<String> keys(Object... way) {
    return ((Map<?, ?>) at(way).content).keySet().stream().map(String::valueOf);
  }
}
