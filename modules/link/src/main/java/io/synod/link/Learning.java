package io.synod.link;

import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.List;

/** Who counts votes; the leader of a ballot says so in its 1c. Pure. */
public final class Learning {
  /** The value under which votes go to all acceptors. */
  public static final String ALL = "all";

  /** Who hears the 2b's. */
  public static final Setting<String> LEARN = Setting.choice(
      "synod.learn", "leader", List.of("leader", ALL),
      "who counts votes: the leader, which tells the others one message delay later, or all"
          + " acceptors, each sending its votes to all; what the leader's node says counts");

  private Learning() {}

  /** Whether others may know a decision, and answer for it, before the leader does. */
  public static boolean byAll(Settings settings) {
    return settings.get(LEARN).equals(ALL);
  }
}
