package io.synod.rules.bad.register;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

final class ReadsClock {
  long nanos() {
    return System.nanoTime();
  }

  LongSupplier reference() {
    return System::currentTimeMillis;
  }

  Supplier<Instant> lambda() {
    return () -> Instant.now();
  }

  LocalDateTime date() {
    return LocalDateTime.now(ZoneOffset.UTC);
  }

  Clock clock() {
    return Clock.systemUTC();
  }

  String property() {
    return System.getProperty("x");
  }
}
