package io.synod.testkit.forward;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;

/** Passes every effect on; to be overridden in part. */
public abstract class ForwardingEffects implements Effects {
  protected final Effects inner;

  /** In front of {@code inner}. */
  protected ForwardingEffects(Effects inner) {
    this.inner = inner;
  }

  @Override
  public void persist(DurableRecord record) {
    inner.persist(record);
  }

  @Override
  public void send(NodeId to, Message message) {
    inner.send(to, message);
  }

  @Override
  public void sendNow(NodeId to, Message message) {
    inner.sendNow(to, message);
  }

  @Override
  public void whenDurable(Runnable then) {
    inner.whenDurable(then);
  }

  @Override
  public void dropBeforeCheckpoint() {
    inner.dropBeforeCheckpoint();
  }
}
