package io.synod.testkit.sim;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A complete snapshot on a simulated disk: content and, at its end, a checksum. As in the file
 * store, no byte is handed out of a part that is not what was written.
 *
 * @param hurtAt where a bit has flipped or a sector is lost; negative if nowhere
 */
record SnapshotImage(InstanceId last, byte[] bytes, int hurtAt) {
  private static final int TRAILER = 4;

  /** Of content as a state machine wrote it. */
  static SnapshotImage of(InstanceId last, byte[] content) {
    byte[] bytes = ByteBuffer.allocate(content.length + TRAILER)
        .put(content).putInt(checksum(content, content.length)).array();
    return new SnapshotImage(last, bytes, -1);
  }

  /** As a peer sent it; null when its checksum is wrong. */
  static SnapshotImage received(InstanceId last, byte[] bytes) {
    SnapshotImage image = new SnapshotImage(last, bytes, -1);
    return image.whole() ? image : null;
  }

  SnapshotInfo info() {
    return new SnapshotInfo(last, bytes.length);
  }

  /** The same with one bit flipped. */
  SnapshotImage flipped(int bit) {
    byte[] wrong = bytes.clone();
    wrong[bit / 8] ^= (byte) (1 << bit % 8);
    return new SnapshotImage(last, wrong, bit / 8);
  }

  /** A part, to be sent to a peer. */
  byte[] part(long offset, int most) throws DamageFound {
    int from = (int) Math.min(offset, bytes.length);
    int to = (int) Math.min((long) from + most, bytes.length);
    if (hurtAt >= from && hurtAt < to) {
      throw damage();
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The length of the content, all of which has been verified. */
  int verified() throws DamageFound {
    if (!whole()) {
      throw damage();
    }
    return bytes.length - TRAILER;
  }

  private DamageFound damage() {
    return new DamageFound("the snapshot as of " + last + " has a wrong checksum");
  }

  private boolean whole() {
    int length = bytes.length - TRAILER;
    return length >= 0 && ByteBuffer.wrap(bytes).getInt(length) == checksum(bytes, length);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
