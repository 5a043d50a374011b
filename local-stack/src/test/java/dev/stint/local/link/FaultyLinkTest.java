package dev.stint.local.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyLinkTest {
  private final AtomicInteger heard = new AtomicInteger();
  private ServerSocket echo;
  private FaultyLink link;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    link = FaultyLink.to(echo.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    echo.close();
  }

  @Test
  void what_goes_in_comes_back() throws IOException {
    try (var client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      assertThat(link.connections()).isEqualTo(1);
    }
    await().until(() -> link.connections() == 0);
  }

  @Test
  void cut_it_resets_connections_and_takes_none_until_it_is_mended() throws IOException {
    try (var client = connect()) {
      ask(client, 1);

      link.cut();

      assertThatThrownBy(() -> ask(client, 2)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ask(connect(), 3)).isInstanceOf(IOException.class);
    }
    link.mend();
    try (var client = connect()) {
      assertThat(ask(client, 4)).isEqualTo(4);
    }
  }

  @Test
  void frozen_it_holds_back_what_comes_until_it_is_mended() throws Exception {
    try (var client = connect()) {
      ask(client, 1);
      link.freeze();
      client.getOutputStream().write(2);
      var answer = CompletableFuture.supplyAsync(() -> read(client));
      assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);

      link.mend();

      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void half_frozen_it_holds_back_only_the_answers() throws Exception {
    try (var client = connect()) {
      ask(client, 1);
      link.freezeAnswers();
      client.getOutputStream().write(2);
      await().until(() -> heard.get() == 2);
      assertThat(client.getInputStream().available()).isZero();

      link.mend();

      assertThat(read(client)).isEqualTo(2);
    }
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        var socket = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                for (int value; (value = socket.getInputStream().read()) >= 0; ) {
                  heard.set(value);
                  socket.getOutputStream().write(value);
                }
              } catch (IOException gone) {
                // The test has ended.
              }
            });
      } catch (IOException closed) {
        return;
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), link.port());
  }

  private static int ask(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new IOException("closed");
    }
    return answer;
  }

  private static int read(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }
}
