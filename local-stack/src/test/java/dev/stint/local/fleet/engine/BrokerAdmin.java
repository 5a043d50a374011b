package dev.stint.local.fleet.engine;

import dev.stint.local.process.Complaint;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonClientOptions;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonLinkOptions;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/** Asks a broker what it is, and removes queues, over its management addresses. */
final class BrokerAdmin implements AutoCloseable {
  private static final int SECONDS = 20;
  private static final String LINK = "stint-test";

  private final Vertx vertx;
  private final ProtonConnection connection;
  private final String kind;
  private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
  private ProtonSender requests;
  private String replyTo;

  private BrokerAdmin(Vertx vertx, ProtonConnection connection, String kind) {
    this.vertx = vertx;
    this.connection = connection;
    this.kind = kind;
  }

  static BrokerAdmin connect(String url) throws Exception {
    var vertx = Vertx.vertx();
    try {
      var connection = open(vertx, URI.create(url)).get(SECONDS, TimeUnit.SECONDS);
      return new BrokerAdmin(vertx, connection, kind(connection));
    } catch (Exception e) {
      vertx.close();
      throw e;
    }
  }

  private static CompletableFuture<ProtonConnection> open(Vertx vertx, URI url) {
    boolean tls = url.getScheme().equals("amqps");
    var options = new ProtonClientOptions();
    // Only what a test made is looked at here; the services check the certificate.
    options.setSsl(tls).setTrustAll(tls).setHostnameVerificationAlgorithm("");
    String path = url.getRawPath();
    options.setVirtualHost(
        path.length() > 1 ? "vhost:" + decoded(path.substring(1)) : url.getHost());
    var login = url.getRawUserInfo() == null ? null : url.getRawUserInfo().split(":", 2);
    int port = url.getPort() > 0 ? url.getPort() : tls ? 5671 : 5672;
    var opened = new CompletableFuture<ProtonConnection>();
    vertx.runOnContext(_ ->
        ProtonClient.create(vertx)
            .connect(
                options,
                url.getHost(),
                port,
                login == null ? null : decoded(login[0]),
                login == null ? null : decoded(login[1]),
                result -> {
                  if (result.failed()) {
                    opened.completeExceptionally(result.cause());
                    return;
                  }
                  result
                      .result()
                      .openHandler(open -> {
                        if (open.succeeded()) {
                          opened.complete(open.result());
                        } else {
                          opened.completeExceptionally(open.cause());
                        }
                      })
                      .open();
                }));
    return opened;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String kind(ProtonConnection connection) {
    var properties = connection.getRemoteProperties();
    Object product = properties == null ? null : properties.get(Symbol.valueOf("product"));
    return switch (String.valueOf(product)) {
      case "RabbitMQ" -> "rabbitmq";
      case "apache-activemq-artemis" -> "artemis";
      default ->
          throw new Complaint("stint.test.broker is neither RabbitMQ nor Artemis: " + product);
    };
  }

  /** {@code artemis} or {@code rabbitmq}. */
  String kind() {
    return kind;
  }

  /** Removes a queue with what is in it, if it is there. */
  void remove(String queue) throws Exception {
    if (requests == null) {
      attach().get(SECONDS, TimeUnit.SECONDS);
    }
    boolean rabbit = kind.equals("rabbitmq");
    var request = Proton.message();
    request.setMessageId(queue);
    request.setReplyTo(replyTo);
    if (rabbit) {
      request.setAddress("/queues/" + queue);
      request.setSubject("DELETE");
      request.setBody(new AmqpValue(null));
    } else {
      request.setApplicationProperties(
          new ApplicationProperties(
              Map.of("_AMQ_ResourceName", "broker", "_AMQ_OperationName", "destroyQueue")));
      request.setBody(new AmqpValue("[\"" + queue + "\", true, true]"));
    }
    vertx.runOnContext(_ -> requests.send(request));
    var answer = answers.poll(SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IllegalStateException("no answer to the removal of " + queue);
    }
    if (rabbit && !answer.getSubject().matches("200|404")) {
      throw new IllegalStateException(queue + " is not removed: " + answer.getSubject());
    }
  }

  /** Puts a message on a queue; returns when the broker has it. */
  void send(String queue, Section body) throws Exception {
    var confirmed = new CompletableFuture<Void>();
    vertx.runOnContext(_ -> {
      var sender = connection.createSender(kind.equals("rabbitmq") ? "/queues/" + queue : queue);
      var message = Proton.message();
      message.setDurable(true);
      message.setBody(body);
      sender.openHandler(_ -> sender.send(message, _ -> confirmed.complete(null)));
      sender.open();
    });
    confirmed.get(SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> attach() {
    var attached = new CompletableFuture<Void>();
    boolean rabbit = kind.equals("rabbitmq");
    vertx.runOnContext(_ -> {
      var options = new ProtonLinkOptions().setLinkName(LINK);
      var receiver =
          rabbit
              ? connection.createReceiver("/management", options)
              : connection.createReceiver(null, options.setDynamic(true));
      requests =
          connection.createSender(
              rabbit ? "/management" : "activemq.management", options.setDynamic(false));
      if (rabbit) {
        pair(receiver, requests);
      }
      receiver.handler((_, message) -> answers.add(message));
      requests.openHandler(_ -> attached.complete(null));
      receiver.openHandler(_ -> {
        replyTo = rabbit ? "$me" : receiver.getRemoteSource().getAddress();
        requests.open();
      });
      receiver.open();
      if (rabbit) {
        requests.open();
      }
    });
    return attached;
  }

  /** RabbitMQ answers on a link that has the name and the ends of the one it was asked on. */
  private static void pair(ProtonReceiver receiver, ProtonSender sender) {
    Map<Symbol, Object> paired = Map.of(Symbol.valueOf("paired"), true);
    var source = new Source();
    source.setAddress("/management");
    var target = new Target();
    target.setAddress("/management");
    receiver.setSource(source).setTarget(target).setProperties(paired);
    sender.setSource(source).setTarget(target).setProperties(paired);
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }
}
