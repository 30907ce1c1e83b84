package io.synod.replication;

import java.nio.ByteBuffer;

/**
 * One message of the log, as the replicated state machine writes it: a kind, then
 * command: session, sequence, answered (8 bytes each), payload; open: nonce; keep alive: session.
 * All results below {@code answered} have reached whoever asked.
 */
final class Entry {
  static final byte COMMAND = 0;
  static final byte OPEN = 1;
  static final byte KEEP_ALIVE = 2;

  private static final int SEQUENCE_AT = 1 + Long.BYTES;
  private static final int COMMAND_HEADER = 1 + 3 * Long.BYTES;

  private Entry() {}

  static byte[] command(long session, long sequence, long answered, byte[] payload) {
    byte[] entry = new byte[COMMAND_HEADER + payload.length];
    ByteBuffer out = ByteBuffer.wrap(entry).put(COMMAND);
    out.putLong(session).putLong(sequence).putLong(answered).put(payload);
    return entry;
  }

  /** Fills in what is known only when the command is sent for the first time. */
  static void number(byte[] entry, long session, long sequence, long answered) {
    ByteBuffer.wrap(entry).putLong(1, session).putLong(SEQUENCE_AT, sequence)
        .putLong(SEQUENCE_AT + Long.BYTES, answered);
  }

  static byte[] open(long nonce) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(OPEN).putLong(nonce).array();
  }

  static byte[] keepAlive(long session) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(KEEP_ALIVE).putLong(session).array();
  }
}
