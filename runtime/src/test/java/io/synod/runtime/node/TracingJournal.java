package io.synod.runtime.node;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes down what it is asked to do; forces are answered when the test says so. */
final class TracingJournal implements Journal {
  private final List<String> trace;
  private final Deque<SyncListener> waiting = new ArrayDeque<>();
  private long next;
  private boolean failing;

  TracingJournal(List<String> trace) {
    this.trace = trace;
  }

  void answerOldest() {
    waiting.remove().durable(next - 1);
  }

  void failOldest(String why) {
    waiting.remove().failed(new StorageException(why));
  }

  void failAppends() {
    failing = true;
  }

  @Override
  public void replay(Visitor visitor) {}

  @Override
  public long append(ByteBuffer record) throws StorageException {
    return append("append ");
  }

  @Override
  public long appendCheckpoint(ByteBuffer record) throws StorageException {
    return append("checkpoint ");
  }

  private long append(String what) throws StorageException {
    if (failing) {
      throw new StorageException("no space");
    }
    trace.add(what + next);
    return next++;
  }

  @Override
  public void sync(SyncListener listener) {
    trace.add("sync");
    waiting.add(listener);
  }

  @Override
  public void dropBefore(long position) {
    trace.add("drop " + position);
  }

  @Override
  public void close() {}
}
