package dev.stint.local.chaos;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks for jobs, one after the other, and does not let go of one before it was answered with 202: a
 * request without an answer, or with "come again", goes to the other producer with the same key.
 */
final class JobStream {
  private static final Duration INTERVAL = Duration.ofMillis(150);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int MOST_AT_ONCE = 100;

  private final Producers producers;
  private final AskSource source;
  private final Ledger ledger;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final AtomicBoolean stopped = new AtomicBoolean();

  private interface Call {
    HttpResponse<String> to(int producer) throws IOException, InterruptedException;
  }

  JobStream(Producers producers, AskSource source, Ledger ledger) {
    this.producers = producers;
    this.source = source;
    this.ledger = ledger;
  }

  /** Asks until it is stopped; returns when all have their answers. */
  void run() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; !stopped.get(); number++) {
        ask(number, threads);
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      }
    }
  }

  /** Asks for so many as fast as it goes; returns when all have their answers. */
  void volley(int count) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < count; number++) {
        ask(number, threads);
      }
    }
  }

  /** Asks for one more, and returns when it has its answer. */
  void also(Ask ask) throws IOException, InterruptedException {
    follow(0, ask);
  }

  void stop() {
    stopped.set(true);
  }

  private void ask(int number, ExecutorService threads) throws InterruptedException {
    free.acquire();
    var ask = source.next();
    threads.submit(() -> {
      try {
        follow(number, ask);
      } catch (IOException | RuntimeException e) {
        ledger.refused(ask.key() + ": " + e);
      } finally {
        free.release();
      }
      return null;
    });
  }

  private void follow(int producer, Ask ask) throws IOException, InterruptedException {
    String id = submit(producer, ask);
    if (ask.twice()) {
      submit(producer + 1, ask);
    }
    var cancelAfter = ask.cancelAfter();
    if (cancelAfter != null) {
      TimeUnit.MILLISECONDS.sleep(cancelAfter.toMillis());
      cancel(producer, ask, id);
    }
  }

  private String submit(int producer, Ask ask) throws IOException, InterruptedException {
    var answer = untilAnswered(producer, to -> producers.submit(to, ask));
    var id = Producers.json(answer).path("id").asText();
    if (answer.statusCode() == 202) {
      ledger.accepted(ask, id);
    } else {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return id;
  }

  private void cancel(int producer, Ask ask, String id) throws IOException, InterruptedException {
    var answer = untilAnswered(producer, to -> producers.cancel(to, id));
    switch (answer.statusCode()) {
      case 200 -> ledger.cancelled(ask);
      // 202: its worker has been asked. 409: it had ended, by an earlier try perhaps.
      case 202, 409 -> {}
      default -> throw new IOException("cancel: " + answer.statusCode() + " " + answer.body());
    }
  }

  private HttpResponse<String> untilAnswered(int producer, Call call) throws InterruptedException {
    for (int to = producer; ; to++) {
      try {
        var answer = call.to(to);
        if (answer.statusCode() != 503) {
          return answer;
        }
      } catch (IOException noAnswer) {
        // Whether it was heard is not known: the same again, elsewhere.
      }
      ledger.resent();
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }
}
