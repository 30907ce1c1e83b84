package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Map;

/**
 * {@code flexible}: read and write quorums of two sizes that together exceed the number of
 * acceptors. With one size given, the other is the smallest that intersects; that form also stays
 * legal when a reconfiguration changes the number of acceptors.
 */
public final class FlexiblePlugin implements Plugins.Quorum {
  /** Size of a read quorum. */
  public static final Setting<Integer> READ = Setting.integer("synod.quorum.read", 0, 0, 1000,
      "flexible quorums: acceptors that a new leader must ask; 0 = as few as intersect");

  /** Size of a write quorum. */
  public static final Setting<Integer> WRITE = Setting.integer("synod.quorum.write", 0, 0, 1000,
      "flexible quorums: acceptors that must vote for a value; 0 = as few as intersect");

  private static final SpecParameters PARAMETERS =
      SpecParameters.of("flexible").and("read", READ).and("write", WRITE);

  @Override
  public String name() {
    return "flexible";
  }

  @Override
  public String meaning() {
    return "any r acceptors read, any w write, with r + w more than all";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(READ, WRITE);
  }

  @Override
  public String spec(Settings settings) {
    return PARAMETERS.spec(settings);
  }

  /** {@code read} and {@code write}; one that is not given follows from the other. */
  @Override
  public Settings with(Settings settings, Map<String, String> parameters) {
    return PARAMETERS.with(settings, parameters);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    if (settings.get(READ) == 0 && settings.get(WRITE) == 0) {
      return List.of(chosen() + " needs " + READ.key() + " or " + WRITE.key() + " (or both)");
    }
    return List.of();
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    for (String contradiction : contradictions(settings)) {
      throw new IllegalArgumentException(contradiction);
    }
    int size = acceptors.size();
    int read = within(size, READ, settings);
    int write = within(size, WRITE, settings);
    read = read == 0 ? size + 1 - write : read;
    write = write == 0 ? size + 1 - read : write;
    String keys = READ.key() + " = " + read + " and " + WRITE.key() + " = " + write;
    return CheckedCount.create(acceptors, read, write, keys);
  }

  private int within(int size, Setting<Integer> setting, Settings settings) {
    int value = settings.get(setting);
    if (value > size) {
      throw new IllegalArgumentException(
          setting.key() + " = " + value + ", but there are only " + size + " acceptors");
    }
    return value;
  }

  private String chosen() {
    return slot().key() + " = " + name();
  }
}
