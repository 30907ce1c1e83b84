package io.synod.rules.bad.register;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/** The good sample among the bad: no rule may speak of it. */
final class Pure {
  private static final String NAME = "pure";

  private record Named(String name, byte[] bytes) {}

  private enum Kind {
    ONE,
    TWO
  }

  Map<String, List<String>> grouped(List<String> list) {
    return list.stream().collect(Collectors.groupingBy(t -> t, TreeMap::new, Collectors.toList()));
  }

  int kind(Kind kind) {
    return switch (kind) {
      case ONE -> 1;
      case TWO -> 2;
    };
  }

  String mixed(long seed, List<String> list) {
    Collections.shuffle(list, new Random(seed));
    Map<String, Kind> order = new LinkedHashMap<>();
    Map<Kind, String> byKind = new EnumMap<>(Kind.class);
    byte[] copy = new byte[8];
    System.arraycopy(new byte[8], 0, copy, 0, 8);
    Instant later = Instant.ofEpochMilli(seed).plus(Duration.ofSeconds(1));
    return NAME
        + order
        + byKind
        + later
        + TimeUnit.SECONDS.toMillis(1)
        + URI.create("node://n1")
        + new Long2ObjectHashMap<String>().size()
        + new UnsafeBuffer(copy).capacity()
        + new Named("a", copy);
  }
}
