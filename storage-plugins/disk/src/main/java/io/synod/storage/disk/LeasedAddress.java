package io.synod.storage.disk;

import io.synod.register.leased.LeaseTimes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a memory under a lease is, and what is assumed of it; part of the address, so that all
 * processes assume the same.
 *
 * @param path of the directory
 * @param write W, the longest time from the issue of a write to its last effect
 * @param lease how long a holder may write without renewing its lease
 */
record LeasedAddress(String path, Duration write, Duration lease) {
  private static final String WRITE = "write";
  private static final String LEASE = "lease";
  private static final Pattern PART = Pattern.compile("(write|lease)=([0-9]{1,6})(ms|s)");
  private static final Duration USUAL_WRITE = Duration.ofMillis(500);
  private static final Duration USUAL_LEASE = Duration.ofSeconds(5);
  private static final Duration LEAST_WRITE = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** What is wrong with it, for people, while clocks are wrong by so many percent. */
  static Optional<String> flaw(URI address, int drift) {
    try {
      of(address).times(drift);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Reads it; says what is wrong with it. */
  static LeasedAddress of(URI address) {
    String path = address.getPath();
    if (path == null || path.length() < 2 || address.getRawAuthority() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException("expected leased:///path?write=500ms&lease=5s, a"
          + " directory that all processes reach");
    }
    Duration write = USUAL_WRITE;
    Duration lease = USUAL_LEASE;
    String query = address.getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      Matcher parts = PART.matcher(part);
      if (!parts.matches()) {
        throw new IllegalArgumentException("'" + part + "' is neither write=… nor lease=… with a"
            + " time such as 500ms or 5s");
      }
      Duration value = time(Long.parseLong(parts.group(2)), parts.group(3));
      write = parts.group(1).equals(WRITE) ? value : write;
      lease = parts.group(1).equals(LEASE) ? value : lease;
    }
    return new LeasedAddress(path, write, lease);
  }

  private static Duration time(long count, String unit) {
    return unit.equals("ms") ? Duration.ofMillis(count) : Duration.ofSeconds(count);
  }

  /** The times that follow; refuses those under which nothing would ever be written. */
  LeaseTimes times(int drift) {
    if (write.compareTo(LEAST_WRITE) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(WRITE + " is at least " + LEAST_WRITE.toMillis()
          + "ms and " + LEASE + " at most " + LONGEST.toSeconds() + "s");
    }
    long least = LeaseTimes.leastTerm(write.toNanos(), drift);
    if (lease.toNanos() <= least) {
      throw new IllegalArgumentException(LEASE + "=" + lease.toMillis() + "ms is too short for "
          + WRITE + "=" + write.toMillis() + "ms: a claim takes three writes, and a fourth must fit"
          + " behind it, though clocks are wrong by " + drift + "%; it must be longer than "
          + Duration.ofNanos(least).toMillis() + "ms");
    }
    return LeaseTimes.within(write.toNanos(), lease.toNanos(), drift);
  }
}
