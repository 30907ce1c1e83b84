package io.synod.register.leased;

import io.synod.api.model.NodeId;

/**
 * Who holds the lease for writing, as it stands in the storage; also who wishes for it.
 *
 * @param life tells the lives of one process apart
 * @param number grows with each record of a life
 * @param held false when its holder has let go of it
 */
public record LeaseRecord(NodeId process, long life, long number, boolean held) {
  private static final NodeId NOBODY = NodeId.of("nobody");

  /** Where nothing was ever written. */
  public static final LeaseRecord NONE = new LeaseRecord(NOBODY, 0, 0, false);

  /** Bytes that make no sense, as a torn write leaves them: held by somebody until it expires. */
  public static LeaseRecord unreadable(long checksum) {
    return new LeaseRecord(NOBODY, checksum, -1, true);
  }

  boolean isOf(NodeId someone, long itsLife) {
    return process.equals(someone) && life == itsLife;
  }
}
