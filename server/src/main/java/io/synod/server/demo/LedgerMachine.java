package io.synod.server.demo;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The {@link Ledger} as a state machine. On the loop of its node only. */
final class LedgerMachine implements StateMachine {
  private static final int WHOLE = -1;

  private Ledger ledger;

  LedgerMachine(int counters, int clients) {
    this.ledger = new Ledger(counters, clients);
  }

  /** The command that increments; {@code id} is unique among the client's. */
  static byte[] increment(int counter, int client, int id) {
    return ByteBuffer.allocate(3 * Integer.BYTES).putInt(counter).putInt(client).putInt(id)
        .array();
  }

  /** The query that reads one counter; its answer, as an increment's, is {@link #value}. */
  static byte[] readCounter(int counter) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(counter).array();
  }

  /** The query for everything; its answer is for {@link Ledger#of}. */
  static byte[] readAll() {
    return readCounter(WHOLE);
  }

  static long value(byte[] answer) {
    return ByteBuffer.wrap(answer).getLong();
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    return answer(ledger.increment(command.getInt(), command.getInt(), command.getInt()));
  }

  @Override
  public byte[] query(ByteBuffer query) {
    int counter = query.getInt();
    return counter == WHOLE ? ledger.bytes() : answer(ledger.value(counter));
  }

  private static byte[] answer(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  @Override
  public SnapshotContent snapshot() {
    Ledger view = ledger.copy();
    return out -> out.write(view.bytes());
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    ledger = Ledger.of(snapshot.readAllBytes());
  }
}
