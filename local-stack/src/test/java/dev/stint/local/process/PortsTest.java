package dev.stint.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir private Path folder;

  @Test
  void name_keeps_its_port() {
    int port = new Ports(folder).of("redis");

    assertThat(new Ports(folder).of("redis")).isEqualTo(port);
  }

  @Test
  void name_whose_port_is_taken_gets_another_and_keeps_that() throws Exception {
    var ports = new Ports(folder);
    int before = ports.of("redis");

    try (var _ = new ServerSocket(before, 1, InetAddress.getLoopbackAddress())) {
      int now = ports.of("redis");

      assertThat(now).isNotEqualTo(before);
      assertThat(ports.of("redis")).isEqualTo(now);
    }
  }

  @Test
  void two_who_ask_and_do_not_listen_yet_get_different_ports() {
    var ports = IntStream.range(0, 500).map(_ -> Ports.free()).boxed().toList();

    assertThat(ports).doesNotHaveDuplicates();
  }

  @Test
  void port_that_somebody_listens_on_is_not_free() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
    }
    assertThat(Ports.isFree(Ports.free())).isTrue();
  }
}
