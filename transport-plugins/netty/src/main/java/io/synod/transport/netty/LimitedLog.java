package io.synod.transport.netty;

import io.synod.api.plugin.Plugins;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One line for each kind of trouble with each party in ten seconds, and then how many there were:
 * a peer that retries, or a stranger that knocks all day, must not fill the log. Any thread.
 */
public final class LimitedLog {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  /** Parties remembered; an attacker with many addresses only displaces the oldest. */
  private static final int REMEMBERED = 512;

  private final Plugins.Log log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Line> recent = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
      return size() > REMEMBERED;
    }
  };

  private static final class Line {
    private long lastNanos;
    private long suppressed;
  }

  /** In front of that log. */
  public LimitedLog(Plugins.Log log) {
    this.log = log;
  }

  /** {@code what} and {@code who} are the key, {@code line} is what a person reads. */
  public void warn(String what, Object who, String line) {
    String suffix;
    lock.lock();
    try {
      suffix = admit(what + '/' + who, System.nanoTime());
    } finally {
      lock.unlock();
    }
    if (suffix != null) {
      log.warn(line + suffix);
    }
  }

  private String admit(String key, long now) {
    Line entry = recent.get(key);
    if (entry != null && now - entry.lastNanos < QUIET_NANOS) {
      entry.suppressed++;
      return null;
    }
    if (entry == null) {
      entry = new Line();
      recent.put(key, entry);
    }
    String suffix = entry.suppressed == 0 ? "" : " (and " + entry.suppressed + " times before)";
    entry.lastNanos = now;
    entry.suppressed = 0;
    return suffix;
  }
}
