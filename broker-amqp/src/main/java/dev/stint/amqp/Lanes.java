package dev.stint.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that queues exist on the broker, at start and again after every reconnect: durable
 * queues whose dead messages go to {@link #DEAD_LETTERS}. For any thread.
 *
 * <p>RabbitMQ: quorum queues are declared. Artemis: a sender is attached once to each address, so
 * that the broker makes queue and address as its address settings say; the dead-letter address is
 * set there too. What is subscribed to is declared by itself.
 */
public final class Lanes {
  private static final Logger LOG = Logger.getLogger(Lanes.class);

  /** Name of the queue for messages that no consumer wants. Declared whatever else is. */
  public static final String DEAD_LETTERS = "stint.dead";

  private final Loop loop;
  private final Declarer declarer;
  private final Duration timeout;
  private final Set<String> wanted = new LinkedHashSet<>(List.of(DEAD_LETTERS));
  private final Map<String, CompletableFuture<Void>> declared = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private @Nullable Wire wire;

  Lanes(Loop loop, BrokerSettings settings) {
    this.loop = loop;
    this.declarer = Declarer.of(settings.kind());
    this.timeout = settings.confirmTimeout();
  }

  /**
   * Declares queues by name.
   *
   * @return completes when the broker has them all, fails with the broker's refusal; while there is
   *     no connection it waits for one
   */
  public CompletionStage<Void> declare(Collection<String> addresses) {
    var names = List.copyOf(addresses);
    var done = new CompletableFuture<Void>();
    loop.execute(() -> {
      wanted.addAll(names);
      declare(names, done);
    });
    return done;
  }

  private void declare(Collection<String> names, CompletableFuture<Void> done) {
    var on = wire;
    if (on == null || on.hasEnded()) {
      waiting.add(() -> declare(names, done));
      return;
    }
    allOf(on, names)
        .whenComplete((_, refusal) -> {
          if (refusal == null) {
            done.complete(null);
          } else if (on.hasEnded()) {
            declare(names, done);
          } else {
            done.completeExceptionally(reason(refusal));
          }
        });
  }

  private CompletableFuture<Void> allOf(Wire on, Collection<String> names) {
    return CompletableFuture.allOf(
        names.stream().map(name -> ask(on, name)).toArray(CompletableFuture<?>[]::new));
  }

  /** Asks once on each connection, unless the answer was no. */
  private CompletableFuture<Void> ask(Wire on, String name) {
    var known = declared.get(name);
    if (known == null) {
      known = declarer.declare(on, name);
      declared.put(name, known);
      known.exceptionally(_ -> {
        declared.remove(name);
        return null;
      });
    }
    return known;
  }

  /** It may not be there any more, so the next declaration asks the broker again. */
  void forget(String address) {
    declared.remove(address);
  }

  /** Declares everything on a new connection. Completes in any case, in time. */
  CompletionStage<Void> connected(Wire opened) {
    wire = opened;
    declared.clear();
    var done = allOf(opened, wanted);
    long timer =
        loop.after(timeout, () -> done.completeExceptionally(new AmqpException("no answer")));
    return done.handle((_, refusal) -> {
      loop.cancel(timer);
      if (refusal != null && !opened.hasEnded()) {
        LOG.warnf("queues not declared cause=%s", reason(refusal).getMessage());
      }
      var due = List.copyOf(waiting);
      waiting.clear();
      due.forEach(Runnable::run);
      return null;
    });
  }

  private static Throwable reason(Throwable wrapped) {
    return wrapped.getCause() == null ? wrapped : wrapped.getCause();
  }

  void lost() {
    wire = null;
  }
}
