package io.synod.api.plugin;

import java.util.List;

/**
 * One option for one slot, found by {@link java.util.ServiceLoader} under this interface: a jar on
 * the class path is enough, no core file lists it. Each slot has a sub-interface with the factory
 * method. Instances are stateless.
 */
public interface Plugin {
  /** The place it fills. */
  Slot slot();

  /** The name that a configuration chooses it by; unique within the slot. */
  String name();

  /** One line for people. */
  String meaning();

  /** The keys it reads. */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * Why this option cannot work with these settings, naming the keys; empty when it can. Called
   * before anything is created.
   */
  default List<String> contradictions(Settings settings) {
    return List.of();
  }
}
