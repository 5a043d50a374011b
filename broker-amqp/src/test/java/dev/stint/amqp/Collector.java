package dev.stint.amqp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A plain subscriber that keeps what it gets, unsettled. */
class Collector implements Flow.Subscriber<Message<byte[]>> {
  final List<Message<byte[]>> messages = new CopyOnWriteArrayList<>();
  volatile CreditSubscription subscription;
  volatile Throwable error;
  volatile boolean completed;
  private final long demand;

  Collector(long demand) {
    this.demand = demand;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = (CreditSubscription) given;
    if (demand > 0) {
      given.request(demand);
    }
  }

  @Override
  public void onNext(Message<byte[]> message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    error = failure;
  }

  @Override
  public void onComplete() {
    completed = true;
  }

  Message<byte[]> await(int number) {
    awaitCount(number + 1);
    return messages.get(number);
  }

  void awaitCount(int count) {
    org.awaitility.Awaitility.await().until(() -> messages.size() >= count);
  }

  List<String> texts() {
    return messages.stream().map(Collector::text).toList();
  }

  static String text(Message<byte[]> message) {
    return new String(message.getPayload(), StandardCharsets.UTF_8);
  }

  static IncomingAmqp amqp(Message<byte[]> message) {
    return message.getMetadata(IncomingAmqp.class).orElseThrow();
  }
}
