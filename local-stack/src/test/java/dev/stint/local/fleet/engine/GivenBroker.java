package dev.stint.local.fleet.engine;

import dev.stint.local.process.Complaint;
import dev.stint.local.process.Launch;
import java.util.List;
import java.util.Map;

/**
 * A broker that is there already and may have other users: this fleet's queues have names of their
 * own, and are removed at the end. Which kind of broker it is, it says itself.
 */
final class GivenBroker implements Engine {
  private final String url;
  private final String kind;
  private final List<String> queues;

  private GivenBroker(String url, String kind, List<String> queues) {
    this.url = url;
    this.kind = kind;
    this.queues = queues;
  }

  /**
   * @throws Complaint if it is of no use for tests
   */
  static GivenBroker at(String url, List<String> queues) throws Exception {
    if (!url.matches("amqps?://[^,]+")) {
      throw new Complaint("stint.test.broker must be one URL such as amqp://host:port");
    }
    try (var admin = BrokerAdmin.connect(url)) {
      return new GivenBroker(url, admin.kind(), queues);
    }
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<Launch> launches() {
    return List.of();
  }

  @Override
  public Map<String, String> env() {
    return Map.of("STINT_BROKER_KIND", kind);
  }

  @Override
  public void close() throws Exception {
    try (var admin = BrokerAdmin.connect(url)) {
      for (String queue : queues) {
        admin.remove(queue);
      }
    }
  }
}
