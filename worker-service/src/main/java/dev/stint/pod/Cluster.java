package dev.stint.pod;

/** The API server, as far as a pod needs it. */
interface Cluster {
  /** Sets the annotation of this pod. Blocks for some seconds at most; never throws otherwise. */
  Answer annotate(int cost) throws InterruptedException;
}
