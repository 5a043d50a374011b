package dev.stint.slot;

/** A lane's end on the broker: where its credit is given and taken back. */
public interface LaneLink {
  /** Lets the broker send so many more messages. */
  void grant(int messages);

  /** Takes all unused credit back; messages already on their way still come. */
  void revoke();
}
