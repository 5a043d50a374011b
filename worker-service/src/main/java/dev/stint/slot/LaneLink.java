package dev.stint.slot;

/** A lane's end on the broker: where its credit is given and taken back. */
public interface LaneLink {
  /** Lets the broker send so many more messages. */
  void grant(int messages);

  /** Makes all unused credit void: what still comes on it goes back to the broker at once. */
  void revoke();
}
