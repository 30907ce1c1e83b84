package io.synod.server.demo;

import io.synod.runtime.config.Variant;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the demo is asked to do; null where the variant decides. */
record DemoPlan(
    String variant, int nodes, int seconds, int clients, String storage, String transport,
    Path directory) {
  static final String CLUSTER = "demo";
  private static final String NETTY = "netty";

  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("synod.variant", variant);
    if (storage != null) {
      keys.put("synod.storage", storage);
    }
    keys.put("synod.transport", clientTransport());
    return keys;
  }

  String clientTransport() {
    return transport == null ? NETTY : transport;
  }

  /** Whether a node finds its files again. */
  boolean durable() {
    return !"memory".equals(storage == null ? ofVariant("synod.storage") : storage);
  }

  /** Whether whoever has lost its memory votes again by itself. */
  boolean readmits() {
    return "winter".equals(variant);
  }

  /** Whether a group of its own keeps the configurations. */
  boolean asksMaster() {
    return "master".equals(ofVariant("synod.reconfig"));
  }

  private String ofVariant(String key) {
    return Variant.named(variant).map(known -> known.defaults().get(key)).orElse("");
  }
}
