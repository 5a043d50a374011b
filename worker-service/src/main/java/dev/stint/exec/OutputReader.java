package dev.stint.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Reads a command's stdout, up to a limit. One thread runs it, another waits for it. */
final class OutputReader implements Runnable {
  private final InputStream stdout;
  private final int most;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CountDownLatch overflowOrEnd = new CountDownLatch(1);
  private volatile boolean overflowed;

  OutputReader(InputStream stdout, int most) {
    this.stdout = stdout;
    this.most = most;
  }

  @Override
  public void run() {
    var buffer = new byte[8_192];
    try (stdout) {
      for (int count; (count = stdout.read(buffer)) >= 0; ) {
        if (read.size() + count > most) {
          overflowed = true;
          overflowOrEnd.countDown();
          return;
        }
        read.write(buffer, 0, count);
      }
    } catch (IOException closed) {
      // The command was killed: what it wrote is of no use.
    }
  }

  void processEnded() {
    overflowOrEnd.countDown();
  }

  /** Waits until the command has ended, or has written too much; says whether it was that. */
  boolean awaitOverflowOrEnd() throws InterruptedException {
    overflowOrEnd.await();
    return overflowed;
  }

  boolean overflowed() {
    return overflowed;
  }

  /** All that was read; to be called when reading has ended. */
  byte[] text() {
    return read.toByteArray();
  }
}
