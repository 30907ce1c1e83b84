package io.synod.api.reconfig;

import java.util.function.Consumer;

/**
 * Where another consensus group, the configuration master of Vertical Paxos, keeps what it knows:
 * one value that is replaced by compare-and-set, linearizably. Loop thread only.
 */
@FunctionalInterface
public interface MasterCell {
  /** Where there is no master: nobody ever answers. */
  MasterCell NONE = (expected, update, then) -> {};

  /**
   * Puts {@code update} in the place of {@code expected}, which is empty if nothing was ever put
   * there; {@code then} gets what is in force afterwards, whether or not it was replaced. With both
   * equal it is a read. Best effort: the call may take effect without an answer, and late; answers
   * come on the loop, never within the call, perhaps never or twice. The caller asks again.
   */
  void swap(byte[] expected, byte[] update, Consumer<byte[]> then);
}
