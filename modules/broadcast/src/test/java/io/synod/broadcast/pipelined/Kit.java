package io.synod.broadcast.pipelined;

import io.synod.api.broadcast.Batch;
import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a layer of node n1 does to the world, and a world that moves when told. */
final class Kit implements Effects, Timers, Clock {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final NodeId N3 = NodeId.of("n3");
  static final NodeId N4 = NodeId.of("n4");
  static final Ballot MINE = new Ballot(1, N1, 0);
  static final Ballot RIVAL = new Ballot(2, N2, 0);

  static final Incarnation STORE = new Incarnation(7);
  static final Configuration THREE = members("n1", "n2", "n3");

  private final List<DurableRecord> persisted = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Message> afterDisk = new ArrayList<>();
  private final List<Runnable> whenDurable = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Due> due = new ArrayList<>();
  private final Authority authority =
      new LogReconfigPlugin().create(context(Settings.DEFAULTS));
  private long now;

  /** A message and its receiver. */
  record Sent(NodeId to, Message message) {}

  private record Due(long at, Runnable task) {}

  LayerContext context(Settings settings) {
    Events events = notes::add;
    return new LayerContext(
        N1, STORE, THREE, this, this, this, new Random(1), events, settings);
  }

  /** What n1 knows of eras; the same one each time. */
  Authority authority() {
    return authority;
  }

  /** A configuration of founding members of these names. */
  static Configuration members(String... names) {
    List<Member> members = new ArrayList<>();
    for (String name : names) {
      members.add(Member.founding(name, name + ":1"));
    }
    return new Configuration(members, "majority");
  }

  static Progress progress(long decided, long retained) {
    return new Progress(at(decided), at(retained), STORE, Era.ZERO);
  }

  static InstanceId at(long number) {
    return InstanceId.of(number);
  }

  static Value value(int tag) {
    return Batch.encode(0, List.of(new byte[] {(byte) tag}));
  }

  static List<Value> values(int... tags) {
    List<Value> all = new ArrayList<>();
    for (int tag : tags) {
      all.add(value(tag));
    }
    return all;
  }

  List<DurableRecord> takePersisted() {
    List<DurableRecord> taken = List.copyOf(persisted);
    persisted.clear();
    return taken;
  }

  List<Sent> takeSent() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  /** Whether all of these wait for what was persisted before. */
  boolean waitForDisk(List<Sent> messages) {
    return messages.stream().allMatch(s -> afterDisk.stream().anyMatch(m -> m == s.message()));
  }

  List<String> notes() {
    return notes;
  }

  int timers() {
    return due.size();
  }

  /** The disk is done with everything so far. */
  void forced() {
    List<Runnable> ready = List.copyOf(whenDurable);
    whenDurable.clear();
    ready.forEach(Runnable::run);
  }

  /** Lets time pass in steps of a millisecond. */
  void advance(long millis) {
    for (long i = 0; i < millis; i++) {
      now += 1_000_000;
      for (Due entry : List.copyOf(due)) {
        if (entry.at() <= now && due.remove(entry)) {
          entry.task().run();
        }
      }
    }
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    Due entry = new Due(now + delayNanos, task);
    due.add(entry);
    return () -> due.remove(entry);
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public long wallMillis() {
    return 4000;
  }

  @Override
  public void persist(DurableRecord record) {
    persisted.add(record);
  }

  @Override
  public void send(NodeId to, Message message) {
    sent.add(new Sent(to, message));
    afterDisk.add(message);
  }

  @Override
  public void sendNow(NodeId to, Message message) {
    sent.add(new Sent(to, message));
  }

  @Override
  public void whenDurable(Runnable then) {
    whenDurable.add(then);
  }

  @Override
  public void dropBeforeCheckpoint() {
    throw new AssertionError("broadcast drops nothing");
  }
}
