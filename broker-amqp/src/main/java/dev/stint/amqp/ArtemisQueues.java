package dev.stint.amqp;

import java.util.concurrent.CompletableFuture;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Sender;

/** On Artemis attaching a sender makes the address and its anycast queue, if settings allow it. */
final class ArtemisQueues implements Declarer {
  @Override
  public CompletableFuture<Void> declare(Wire wire, String queue) {
    var session = wire.session();
    var target = new Target();
    target.setAddress(BrokerKind.ARTEMIS.addressOf(queue));
    target.setCapabilities(BrokerKind.ARTEMIS.capabilities());
    var sender = session.sender(wire.linkName(queue));
    sender.setSource(new Source());
    sender.setTarget(target);
    var probe = new Probe(sender);
    sender.setContext(probe);
    sender.open();
    probe.done.whenComplete((_, _) -> Wire.release(session));
    return probe.done;
  }

  private record Probe(Sender sender, CompletableFuture<Void> done) implements LinkEvents {
    Probe(Sender sender) {
      this(sender, new CompletableFuture<>());
    }

    @Override
    public void opened() {
      Wire.release(sender);
      done.complete(null);
    }

    @Override
    public void gone(Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
