package dev.stint.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ApplyDefaultsStrategy;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.AllowSchemaLoader;
import dev.stint.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a task's params must be: a JSON Schema 2020-12, compiled. Formats are asserted, defaults are
 * filled in, nothing is ever fetched. Safe for many threads.
 */
public final class ParamsSchema {
  /** For tasks that name no schema. */
  static final ParamsSchema ANY_OBJECT = new ParamsSchema(null, Json.MAPPER.createObjectNode());

  /** More than any double has, and few enough digits to calculate with. */
  private static final int MOST_EXPONENT = 1_000;

  private static final String ROOT = "/params";
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaLoaders(loaders ->
                  loaders.add(
                      new AllowSchemaLoader(
                          iri -> iri.toString().startsWith("classpath:draft/2020-12/")))));
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .applyDefaultsStrategy(new ApplyDefaultsStrategy(true, false, true))
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ROOT)
          .build();
  private static final JsonSchema META_SCHEMA =
      FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG);

  private final @Nullable JsonSchema schema;
  private final JsonNode source;
  private final boolean hasDefaults;

  private ParamsSchema(@Nullable JsonSchema schema, JsonNode source) {
    this.schema = schema;
    this.source = source;
    this.hasDefaults = source.findValue("default") != null;
  }

  /**
   * Compiles a schema.
   *
   * @throws IllegalArgumentException with all that is wrong with it, in one line
   */
  public static ParamsSchema compile(JsonNode source) {
    Set<ValidationMessage> wrong = META_SCHEMA.validate(source);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("is no JSON Schema 2020-12: " + inOneLine(wrong));
    }
    if (!source.path("type").asText("object").equals("object")) {
      throw new IllegalArgumentException("must describe an object");
    }
    try {
      JsonSchema schema = FACTORY.getSchema(source, CONFIG);
      schema.initializeValidators();
      return new ParamsSchema(schema, source);
    } catch (JsonSchemaException e) {
      throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
    }
  }

  /** Checks params and fills in defaults; the node given is changed by that. */
  public ParamsCheck check(ObjectNode params) {
    if (schema != null) {
      List<ParamsCheck.Violation> unbearable = new ArrayList<>();
      findUnbearable(params, ROOT, unbearable);
      if (!unbearable.isEmpty()) {
        return new ParamsCheck.Invalid(unbearable);
      }
      if (hasDefaults) {
        // A pass of its own: judging while filling in would miss what is filled in later.
        schema.walk(params, false);
      }
      Set<ValidationMessage> wrong = schema.validate(params);
      if (!wrong.isEmpty()) {
        return new ParamsCheck.Invalid(wrong.stream().map(ParamsSchema::violation).toList());
      }
    }
    return new ParamsCheck.Valid(Json.MAPPER.convertValue(params, OBJECT));
  }

  /** Checks params and fills in defaults, in a copy. */
  public ParamsCheck check(Map<String, Object> params) {
    return check((ObjectNode) Json.MAPPER.valueToTree(params));
  }

  /** The schema as it was given. */
  public JsonNode source() {
    return source;
  }

  /** Whether it says which params there are. */
  boolean listsParams() {
    return source.path("properties").isObject();
  }

  boolean hasParam(String name) {
    return source.path("properties").has(name);
  }

  /** Whether valid params always hold this one: it is required, or has a default. */
  boolean alwaysHas(String name) {
    for (JsonNode required : source.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return source.path("properties").path(name).has("default");
  }

  /** Numbers like 1e999999999 are short to write, and take for ever to be divided. */
  private static void findUnbearable(
      JsonNode node, String pointer, List<ParamsCheck.Violation> found) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  each -> findUnbearable(each.getValue(), inner(pointer, each.getKey()), found));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          findUnbearable(array.get(i), pointer + "/" + i, found);
        }
      }
      case DecimalNode decimal when Math.abs(decimal.decimalValue().scale()) > MOST_EXPONENT ->
          found.add(new ParamsCheck.Violation(pointer, "is out of range"));
      default -> {}
    }
  }

  private static ParamsCheck.Violation violation(ValidationMessage message) {
    String pointer = ROOT + message.getInstanceLocation();
    String property = message.getProperty();
    return switch (message.getType()) {
      case "required" -> new ParamsCheck.Violation(inner(pointer, property), "is required");
      case "additionalProperties", "unevaluatedProperties" ->
          new ParamsCheck.Violation(inner(pointer, property), "is not a known param");
      default -> new ParamsCheck.Violation(pointer, message.getError());
    };
  }

  private static String inner(String pointer, String property) {
    return pointer + "/" + property.replace("~", "~0").replace("/", "~1");
  }

  private static String inOneLine(Set<ValidationMessage> wrong) {
    List<String> all =
        wrong.stream().map(each -> each.getInstanceLocation() + " " + each.getError()).toList();
    return String.join("; ", all);
  }
}
