package dev.stint.producer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stint.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The API as a client sees it. Single quotes in bodies stand for double ones. */
public final class Api {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI root;

  public Api(URI root) {
    this.root = root;
  }

  /** An answer. */
  public record Reply(int status, HttpResponse<String> http) {
    public String text() {
      return http.body();
    }

    public JsonNode json() {
      return Json.read(text(), JsonNode.class);
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse(null);
    }

    /** A text of the body, by JSON pointer; null if there is none. */
    public String at(String pointer) {
      JsonNode node = json().at(pointer);
      return node.isMissingNode() ? null : node.asText();
    }
  }

  /** Submits a job; headers are given as name, value, name, value. */
  public Reply submit(String body, String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return send("POST", "/api/v1/jobs", BodyPublishers.ofString(body.replace('\'', '"')), all);
  }

  /** Submits a job that has nothing wrong in it, and gives its id. */
  public String accepted(String body) {
    Reply reply = submit(body);
    if (reply.status() != 202) {
      throw new AssertionError(reply.text());
    }
    return reply.at("/id");
  }

  public Reply get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Reply post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  public Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public Reply send(String method, String path, BodyPublisher body, String... headers) {
    var request = HttpRequest.newBuilder(root.resolve(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " has no answer", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
