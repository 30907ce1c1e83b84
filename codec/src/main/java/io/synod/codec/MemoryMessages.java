package io.synod.codec;

import io.synod.api.message.MemoryMessage.Complete;
import io.synod.api.message.MemoryMessage.Read;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;

/** How the messages of atomic registers are written. */
final class MemoryMessages {
  private MemoryMessages() {}

  static void register(Registry registry) {
    registry.add(WireIds.READ, Read.class,
        (out, m) -> {
          out.number(m.request());
          out.text(m.name());
        },
        in -> new Read(in.number(), in.text()));
    registry.add(WireIds.READ_ACK, ReadAck.class,
        (out, m) -> {
          out.number(m.request());
          out.tag(m.tag());
          out.bytes(m.value());
          out.tag(m.complete());
        },
        in -> new ReadAck(in.number(), in.tag(), in.bytes(), in.tag()));
    registry.add(WireIds.WRITE, Write.class,
        (out, m) -> {
          out.number(m.request());
          out.text(m.name());
          out.tag(m.tag());
          out.bytes(m.value());
        },
        in -> new Write(in.number(), in.text(), in.tag(), in.bytes()));
    registry.add(WireIds.WRITE_ACK, WriteAck.class,
        (out, m) -> out.number(m.request()), in -> new WriteAck(in.number()));
    registry.add(WireIds.COMPLETE, Complete.class,
        (out, m) -> out.tags(m.tags()), in -> new Complete(in.tags()));
  }
}
