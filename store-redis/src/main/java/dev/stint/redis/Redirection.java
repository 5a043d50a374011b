package dev.stint.redis;

import org.jspecify.annotations.Nullable;

/** What a node of a cluster answers instead of carrying a call out. */
sealed interface Redirection {
  /** The slot is another node's now. */
  record Moved(int slot, Address owner) implements Redirection {}

  /** The slot is on its way to another node, and what was asked for is not here. */
  record Ask(Address target) implements Redirection {}

  /** Not now. */
  record Later() implements Redirection {}

  /** Reads an error; null if it is none of these. */
  static @Nullable Redirection read(@Nullable String error) {
    if (error == null) {
      return null;
    }
    var words = error.split(" ");
    return switch (words[0]) {
      case "MOVED" -> words.length > 2 ? moved(words) : new Later();
      case "ASK" -> words.length > 2 ? ask(words) : new Later();
      case "TRYAGAIN", "CLUSTERDOWN" -> new Later();
      default -> null;
    };
  }

  private static Redirection moved(String[] words) {
    return isNamed(words[2])
        ? new Moved(Integer.parseInt(words[1]), Address.parse(words[2], 0))
        : new Later();
  }

  private static Redirection ask(String[] words) {
    return isNamed(words[2]) ? new Ask(Address.parse(words[2], 0)) : new Later();
  }

  /** A node that does not know the other's name leaves it out; then the slots have to tell. */
  private static boolean isNamed(String address) {
    return !address.startsWith(":") && !address.startsWith("?");
  }
}
