package io.synod.runtime.config;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.util.List;

/** The keys that say who a node is and how its loop runs. Those of the slots are apart. */
public final class RuntimeSettings {
  /** Its id. */
  public static final Setting<String> NODE = Setting.text(
      "synod.node", "", "id of this node, such as n1; required");

  /** Guards against mixing clusters. */
  public static final Setting<String> CLUSTER = Setting.text(
      "synod.cluster", "synod", "name of the cluster; nodes and clients of another are refused");

  /** Era 0. */
  public static final Setting<String> MEMBERS = Setting.text(
      "synod.members", "",
      "members of the first configuration as id@host:port,…; the same at every node; required;"
          + " =learner, =auxiliary or =proposer behind one gives it another role than acceptor;"
          + " id@disk://… and id@jdbc:… are acceptors that are no processes");

  /** Where to bind. */
  public static final Setting<String> LISTEN = Setting.text(
      "synod.listen", "",
      "host:port to listen on; default: the own address in synod.members");

  /** The store. */
  public static final Setting<String> DATA = Setting.text(
      "synod.data", "", "directory of this node's files; required by durable storage");

  /** The bundle of defaults. */
  public static final Setting<String> VARIANT = Setting.choice(
      "synod.variant", Variant.DEFAULT, Variant.all().stream().map(Variant::name).toList(),
      "named bundle of defaults for the keys of the slots");

  /** Trades processor time for latency. */
  public static final Setting<Duration> SPIN = Setting.duration(
      "synod.runtime.spin", Duration.ZERO, Duration.ZERO, Duration.ofMillis(10),
      "how long the idle loop looks for work before it sleeps; worth it with cores to spare only");

  /** Bound of the loop's queue. */
  public static final Setting<Long> QUEUE_BYTES = Setting.bytes(
      "synod.runtime.queue-bytes", 64L << 20, 1L << 16, 1L << 33,
      "bytes that may wait for the loop; beyond it messages of peers are dropped, beyond half of"
          + " it commands are refused as overload");

  private RuntimeSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(NODE, CLUSTER, MEMBERS, LISTEN, DATA, VARIANT, SPIN, QUEUE_BYTES);
  }
}
