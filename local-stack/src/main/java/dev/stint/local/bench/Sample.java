package dev.stint.local.bench;

import dev.stint.local.process.ChildProcess;
import dev.stint.local.process.ProcessCpu;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What had been used at one moment.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 * @param done jobs that had ended
 */
record Sample(long nanos, long done, Map<Part, Duration> cpu, RedisCalls calls) {
  static Sample take(Collection<ChildProcess> processes, RedisCalls calls, long done) {
    var cpu = new EnumMap<Part, Duration>(Part.class);
    for (ChildProcess process : processes) {
      cpu.merge(Part.of(process.name()), ProcessCpu.of(process.pid()), Duration::plus);
    }
    return new Sample(System.nanoTime(), done, cpu, calls);
  }
}
