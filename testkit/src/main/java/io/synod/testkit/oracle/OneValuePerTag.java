package io.synod.testkit.oracle;

import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * No two writes of a register have the same tag: whoever is asked to keep a tag is always asked to
 * keep the same value (Attiya, Bar-Noy, Dolev: the writer takes the first unused tag).
 */
public final class OneValuePerTag implements Observer {
  private final Findings findings;
  private final Map<Written, Seen> seen = new HashMap<>();

  /** Reports there. */
  public OneValuePerTag(Findings findings) {
    this.findings = findings;
  }

  private record Written(String name, Tag tag) {}

  private record Seen(Life by, byte[] value) {}

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof Write write) {
      Written written = new Written(write.name(), write.tag());
      Seen first = seen.putIfAbsent(written, new Seen(from, write.value()));
      if (first != null && !Arrays.equals(first.value, write.value())) {
        findings.violated("OneValuePerTag",
            first.by + " sent the value with hash " + Arrays.hashCode(first.value) + " of "
                + write.name() + " under tag " + write.tag(),
            from + " sends one with hash " + Arrays.hashCode(write.value()) + " under it");
      }
    }
  }
}
