package dev.stint.redis;

/** Where a server listens. */
record Address(String host, int port) {
  private static final int LAST_PORT = 65_535;

  /**
   * Reads {@code host}, {@code host:port}, {@code [::1]} or {@code [::1]:port}; and, as nodes of a
   * cluster tell it, {@code ::1:port}.
   */
  static Address parse(String text, int defaultPort) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    var host = hasPort ? text.substring(0, colon) : text;
    int port = hasPort ? port(text.substring(colon + 1)) : defaultPort;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || !host.matches("[\\w.:%~-]+")) {
      throw new IllegalArgumentException("url must name a host");
    }
    return new Address(host, port);
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("url must have ports from 1 to " + LAST_PORT);
    }
    return port;
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
