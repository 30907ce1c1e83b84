package io.synod.storage.jdbc;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;

/**
 * A ballot as bytes that a database compares as ballots are compared: n, the proposer's name
 * behind its length, k; numbers with the high byte first. Bytes, unlike text, are compared in the
 * same way under every collation.
 */
final class BallotKey {
  private static final int FIXED_BYTES = Long.BYTES + 1 + Integer.BYTES;

  private BallotKey() {}

  static byte[] of(Ballot ballot) {
    byte[] name = ballot.proposer().name().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(FIXED_BYTES + name.length)
        .putLong(ballot.n()).put((byte) name.length).put(name).putInt(ballot.k()).array();
  }

  static Ballot read(byte[] key) throws SQLDataException {
    try {
      ByteBuffer in = ByteBuffer.wrap(key);
      long n = in.getLong();
      byte[] name = new byte[in.get()];
      in.get(name);
      return new Ballot(
          n, NodeId.of(new String(name, StandardCharsets.US_ASCII)), in.getInt());
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new SQLDataException("a ballot in the tables is damaged: " + e.getMessage(), e);
    }
  }
}
