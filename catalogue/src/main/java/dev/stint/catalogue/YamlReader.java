package dev.stint.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads sections of a YAML file, with anchors and merge keys resolved and variables filled in. */
final class YamlReader {
  private final Variables variables;
  private final Problems problems;

  YamlReader(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /**
   * The named top-level sections, those that are there; others are not looked at.
   *
   * @return empty if the text is no YAML mapping, which is noted as a problem
   */
  Yaml.Mapping read(String text, List<String> sections) {
    var entries = new LinkedHashMap<String, Yaml>();
    for (NodeTuple tuple : compose(text)) {
      if (tuple.getKeyNode() instanceof ScalarNode key && sections.contains(key.getValue())) {
        put(entries, key, tuple.getValueNode(), "");
      }
    }
    return new Yaml.Mapping(entries, 1);
  }

  private List<NodeTuple> compose(String text) {
    try {
      var options = new LoaderOptions();
      var parser = new ParserImpl(new StreamReader(text), options);
      Node root = new Composer(parser, new Resolver(), options).getSingleNode();
      if (root instanceof MappingNode mapping) {
        return mapping.getValue();
      }
      problems.add("", 0, "must hold `tasks:`");
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      problems.add("", mark == null ? 0 : mark.getLine() + 1, "is no YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add("", 0, "is no YAML: " + e.getMessage());
    }
    return List.of();
  }

  private Yaml convert(Node node, String path, int line) {
    if (node.isTwoStepsConstruction()) {
      problems.add(path, line, "must not contain itself");
      return new Yaml.Scalar("", true, line);
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, path, line);
      case SequenceNode sequence -> sequence(sequence, path, line);
      default -> scalar((ScalarNode) node, path, line);
    };
  }

  private Yaml.Scalar scalar(ScalarNode node, String path, int line) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    String text =
        variables.fill(node.getValue(), message -> problems.add(path, lineOf(node), message));
    if (text.indexOf('\0') >= 0) {
      problems.add(path, lineOf(node), "must not hold a NUL character");
    }
    return new Yaml.Scalar(text, plain, line);
  }

  private Yaml.Sequence sequence(SequenceNode node, String path, int line) {
    var items = new ArrayList<Yaml>();
    for (Node item : node.getValue()) {
      items.add(convert(item, path + "[" + items.size() + "]", lineOf(item)));
    }
    return new Yaml.Sequence(items, line);
  }

  private Yaml.Mapping mapping(MappingNode node, String path, int line) {
    var entries = new LinkedHashMap<String, Yaml>();
    var merged = new LinkedHashMap<String, Yaml>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(merged, tuple.getValueNode(), path);
      } else if (tuple.getKeyNode() instanceof ScalarNode key) {
        put(entries, key, tuple.getValueNode(), path);
      } else {
        problems.add(path, lineOf(tuple.getKeyNode()), "must have text as keys");
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new Yaml.Mapping(entries, line);
  }

  private void merge(Map<String, Yaml> into, Node node, String path) {
    switch (convert(node, path, lineOf(node))) {
      case Yaml.Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
      case Yaml.Sequence _ when node instanceof SequenceNode sequence ->
          sequence.getValue().forEach(item -> merge(into, item, path));
      default -> problems.add(path, lineOf(node), "`<<` must name a mapping");
    }
  }

  private void put(Map<String, Yaml> entries, ScalarNode key, Node value, String path) {
    String name = key.getValue();
    String inner = path.isEmpty() ? name : path + "." + name;
    if (entries.put(name, convert(value, inner, lineOf(key))) != null) {
      problems.add(inner, lineOf(key), "stands twice");
    }
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
