package io.synod.register;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;

/** Records effects as values, to be compared by equality. */
public final class RecordingEffects implements Effects {
  /** One effect. */
  public sealed interface Effect {
    /** persist. */
    record Persisted(DurableRecord record) implements Effect {}

    /** send: after what was persisted before. */
    record Sent(NodeId to, Message message) implements Effect {}

    /** sendNow. */
    record SentNow(NodeId to, Message message) implements Effect {}
  }

  private final List<Effect> all = new ArrayList<>();

  /** All since the last call. */
  public List<Effect> take() {
    List<Effect> taken = List.copyOf(all);
    all.clear();
    return taken;
  }

  @Override
  public void persist(DurableRecord record) {
    all.add(new Effect.Persisted(record));
  }

  @Override
  public void send(NodeId to, Message message) {
    all.add(new Effect.Sent(to, message));
  }

  @Override
  public void sendNow(NodeId to, Message message) {
    all.add(new Effect.SentNow(to, message));
  }

  @Override
  public void whenDurable(Runnable then) {
    then.run();
  }

  @Override
  public void dropBeforeCheckpoint() {}
}
