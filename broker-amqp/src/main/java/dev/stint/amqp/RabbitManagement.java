package dev.stint.amqp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.SenderSettleMode;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.impl.MessageImpl;

/**
 * RabbitMQ's management node on one connection: requests and answers that look like HTTP, over a
 * pair of links ("HTTP over AMQP", working draft 06, as RabbitMQ 4 speaks it).
 */
final class RabbitManagement implements LinkEvents {
  private static final String NODE = "/management";
  private static final String LINK = "stint-management";
  private static final int CREDIT = 100;

  /**
   * @param code status as of HTTP
   * @param problem what was wrong, if something was
   */
  record Response(String code, String problem) {}

  private final Wire wire;
  private final Sender requests;
  private final Receiver responses;
  private final OutgoingMessage writer = new OutgoingMessage();
  private final ArrayDeque<MessageImpl> waiting = new ArrayDeque<>();
  private final Map<Object, CompletableFuture<Response>> open = new HashMap<>();
  private boolean usable = true;
  private long number;

  private RabbitManagement(Wire wire, Sender requests, Receiver responses) {
    this.wire = wire;
    this.requests = requests;
    this.responses = responses;
  }

  static RabbitManagement open(Wire wire) {
    var session = wire.session();
    var management = new RabbitManagement(wire, session.sender(LINK), session.receiver(LINK));
    management.attach();
    return management;
  }

  private void attach() {
    var source = new Source();
    source.setAddress(NODE);
    var target = new Target();
    target.setAddress(NODE);
    Map<Symbol, Object> paired = Map.of(Symbol.valueOf("paired"), true);
    for (var link : new Link[] {requests, responses}) {
      link.setSource(source);
      link.setTarget(target);
      link.setProperties(paired);
      link.setSenderSettleMode(SenderSettleMode.SETTLED);
      link.setContext(this);
      link.open();
    }
    responses.flow(CREDIT);
  }

  boolean isUsableOn(Wire on) {
    return usable && wire == on;
  }

  CompletableFuture<Response> put(String path, Map<String, Object> body) {
    var id = "stint-" + ++number;
    var request = (MessageImpl) Proton.message();
    request.setMessageId(id);
    request.setAddress(path);
    request.setSubject("PUT");
    request.setReplyTo("$me");
    request.setBody(new AmqpValue(body));
    var response = new CompletableFuture<Response>();
    open.put(id, response);
    waiting.add(request);
    flow();
    return response;
  }

  @Override
  public void flow() {
    while (requests.getCredit() > 0 && !waiting.isEmpty()) {
      var bytes = writer.encoded(waiting.remove());
      var delivery = requests.delivery(new byte[] {(byte) number});
      requests.send(bytes.array(), 0, bytes.remaining());
      delivery.settle();
      requests.advance();
    }
  }

  @Override
  public void delivery(Delivery delivery) {
    if (delivery.getLink() != responses
        || responses.current() != delivery
        || delivery.isPartial()) {
      return;
    }
    var answer = (MessageImpl) Proton.message();
    answer.decode(responses.recv());
    responses.advance();
    delivery.settle();
    responses.flow(1);
    var asked = open.remove(answer.getCorrelationId());
    if (asked != null) {
      asked.complete(new Response(answer.getSubject(), problem(answer)));
    }
  }

  private static String problem(MessageImpl answer) {
    return answer.getBody() instanceof AmqpValue value && value.getValue() instanceof String text
        ? text
        : "";
  }

  @Override
  public void gone(Throwable cause) {
    usable = false;
    waiting.clear();
    var unanswered = Map.copyOf(open);
    open.clear();
    unanswered.values().forEach(asked -> asked.completeExceptionally(cause));
  }
}
