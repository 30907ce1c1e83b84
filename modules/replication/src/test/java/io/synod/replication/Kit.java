package io.synod.replication;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Timers;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.link.Retransmission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a layer of a node, n1 unless told otherwise, does to the world, and a world that moves
 * when told.
 */
final class Kit implements Effects, Timers, Clock {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final NodeId N3 = NodeId.of("n3");
  static final NodeId N4 = NodeId.of("n4");
  static final Incarnation STORE = new Incarnation(7);
  static final Configuration THREE = members("n1", "n2", "n3");

  private final NodeId self;
  private final Incarnation store;
  private final List<DurableRecord> persisted = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Runnable> whenDurable = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Due> due = new ArrayList<>();
  private int dropped;
  private long now;

  /** A message and its receiver. */
  record Sent(NodeId to, Message message) {}

  private record Due(long at, Runnable task) {}

  Kit() {
    this(N1, STORE);
  }

  Kit(NodeId self, Incarnation store) {
    this.self = self;
    this.store = store;
  }

  LayerContext context(Settings settings) {
    return context(THREE, settings);
  }

  LayerContext context(Configuration founders, Settings settings) {
    return new LayerContext(
        self, store, founders, this, this, this, new Random(store.number()), notes::add,
        settings);
  }

  Retransmission retransmission(Runnable resend) {
    return new Retransmission(this, this, 10_000_000, 40_000_000, resend);
  }

  /** A configuration of founding members of these names. */
  static Configuration members(String... names) {
    List<Member> members = new ArrayList<>();
    for (String name : names) {
      members.add(Member.founding(name, name + ":1"));
    }
    return new Configuration(members, "majority");
  }

  static InstanceId at(long number) {
    return InstanceId.of(number);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
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

  List<String> notes() {
    return notes;
  }

  int dropped() {
    return dropped;
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
    dropped++;
  }
}
