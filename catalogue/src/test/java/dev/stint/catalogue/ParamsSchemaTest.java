package dev.stint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpServer;
import dev.stint.catalogue.ParamsCheck.Invalid;
import dev.stint.catalogue.ParamsCheck.Valid;
import dev.stint.catalogue.ParamsCheck.Violation;
import dev.stint.json.Json;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamsSchemaTest {
  @Test
  void valid_params_pass_unchanged() {
    Map<String, Object> params =
        Map.of("text", "ä", "n", 7, "d", new BigDecimal("0.10"), "list", List.of(1, Map.of()));

    assertThat(schema("{'type': 'object'}").check(params)).isEqualTo(new Valid(params));
    assertThat(ParamsSchema.ANY_OBJECT.check(params)).isEqualTo(new Valid(params));
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_each_with_its_pointer() {
    var schema =
        schema(
            """
            {'properties': {'number': {'type': 'integer', 'maximum': 9}, 'a/b~c': {'minLength': 2},
               'list': {'items': {'properties': {'url': {'format': 'uri'}}, 'required': ['url']}}},
             'required': ['number', 'must~/'], 'additionalProperties': false}
            """);

    assertThat(
            violations(
                schema, "{'number': 10, 'a/b~c': 'x', 'list': [{}, {'url': 'a b'}], 'z': 1}"))
        .containsExactlyInAnyOrder(
            new Violation("/params/number", "must have a maximum value of 9"),
            new Violation("/params/a~1b~0c", "must be at least 2 characters long"),
            new Violation("/params/list/0/url", "is required"),
            new Violation(
                "/params/list/1/url",
                "does not match the uri pattern must be a valid RFC 3986 URI"),
            new Violation("/params/must~0~1", "is required"),
            new Violation("/params/z", "is not a known param"));
  }

  @Test
  void defaults_are_filled_in_however_deep() {
    var schema =
        schema(
            """
            {'properties': {
               'size': {'default': 3},
               'page': {'default': {}, 'properties': {'format': {'default': 'A4'}}},
               'steps': {'items': {'$ref': '#/$defs/step'}}},
             '$defs': {'step': {'type': 'object', 'properties': {'times': {'default': 1}}}},
             'required': ['size', 'page']}
            """);

    assertThat(schema.check(Map.of("steps", List.of(Map.of("times", 5), Map.of()))))
        .isEqualTo(
            new Valid(
                Map.of(
                    "size", 3,
                    "page", Map.of("format", "A4"),
                    "steps", List.of(Map.of("times", 5), Map.of("times", 1)))));
  }

  @Test
  void a_default_of_one_job_does_not_leak_into_the_next() {
    var schema =
        schema("{'properties': {'o': {'default': {}, 'properties': {'n': {'default': 1}}}}}");
    var first = (Valid) schema.check(Map.of());
    first.params().clear();

    assertThat(schema.check(Map.of("o", Map.of("n", 2))))
        .isEqualTo(new Valid(Map.of("o", Map.of("n", 2))));
    assertThat(schema.check(Map.of())).isEqualTo(new Valid(Map.of("o", Map.of("n", 1))));
  }

  @Test
  void a_value_that_is_given_is_not_replaced_by_the_default() {
    var schema = schema("{'properties': {'n': {'type': ['integer', 'null'], 'default': 1}}}");

    assertThat(schema.check(Json.readObject("{\"n\":null}")).toString()).contains("n=null");
  }

  @Test
  void a_number_that_would_take_for_ever_to_check_is_out_of_range() {
    var schema = schema("{'properties': {'list': {'items': {'multipleOf': 3}}}}");

    assertThat(violations(schema, "{'list': [3, 1e999999999, 1e-999999999]}"))
        .containsExactly(
            new Violation("/params/list/1", "is out of range"),
            new Violation("/params/list/2", "is out of range"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email     | x",
        "date-time | 2026-13-01T00:00:00Z",
        "date      | 22.11.2026",
        "ipv4      | 300.0.0.1",
        "uuid      | 1",
        "regex     | ("
      })
  void formats_are_asserted(String format, String value) {
    var schema = schema("{'properties': {'v': {'format': '" + format + "'}}}");

    assertThat(schema.check(Map.of("v", value))).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type': 'objekt'}                                | /type",
        "{'properties': {'a': {'minimum': 'x'}}}           | /properties/a/minimum",
        "{'properties': {'a': {'pattern': '('}}}           | /properties/a/pattern",
        "{'required': 'a'}                                 | /required",
        "{'type': 'array'}                                 | must describe an object",
        "{'$ref': '#/$defs/none'}                          | /$defs/none",
        "['object']                                        | array found"
      })
  void a_schema_that_is_none_is_refused_where_it_is_wrong(String schema, String where) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schema(schema))
        .withMessageContaining(where);
  }

  @Test
  void a_remote_reference_is_never_fetched() throws Exception {
    var asked = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/s.json";
      for (String at : List.of("{'$ref': '%s'}", "{'properties': {'a': {'$ref': '%s'}}}")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> schema(at.formatted(url)))
            .withMessageContaining(url);
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> schema("{'$schema': '%s'}".formatted(url)))
          .withMessageContaining(url);
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  private static List<Violation> violations(ParamsSchema schema, String params) {
    return ((Invalid) schema.check(Json.readObject(params.replace('\'', '"')))).violations();
  }

  private static ParamsSchema schema(String json) {
    try {
      return ParamsSchema.compile(Json.MAPPER.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
