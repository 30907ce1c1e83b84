package io.synod.testkit.oracle;

import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.RegisterCopy;
import java.util.HashMap;
import java.util.Map;

/** A replica acknowledges a tag only when it has it, or a higher one, on disk. */
public final class CopyBeforeAck implements Observer {
  private final Findings findings;
  private final Map<Copy, Tag> forced = new HashMap<>();
  private final Map<Asked, Write> asked = new HashMap<>();

  /** Reports there. */
  public CopyBeforeAck(Findings findings) {
    this.findings = findings;
  }

  private record Copy(NodeId replica, String name) {}

  private record Asked(NodeId replica, NodeId by, long request) {}

  @Override
  public void forced(Life life, DurableRecord record) {
    if (record instanceof RegisterCopy copy) {
      forced.merge(new Copy(life.node(), copy.name()), copy.tag(), Tag::max);
    }
  }

  /** What survived though it was not known to be forced is on disk all the same. */
  @Override
  public void recovered(Life life, DurableRecord record) {
    forced(life, record);
  }

  @Override
  public void received(Life to, NodeId from, Message message) {
    if (message instanceof Write write) {
      asked.put(new Asked(to.node(), from, write.request()), write);
    }
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof WriteAck ack) {
      Write write = asked.remove(new Asked(from.node(), to, ack.request()));
      if (write != null) {
        check(from, write);
      }
    }
  }

  private void check(Life replica, Write write) {
    Tag onDisk = forced.getOrDefault(new Copy(replica.node(), write.name()), Tag.NONE);
    if (onDisk.before(write.tag())) {
      findings.violated("CopyBeforeAck",
          replica + " acknowledges tag " + write.tag() + " of " + write.name(),
          "the highest that it has on disk is " + onDisk);
    }
  }
}
