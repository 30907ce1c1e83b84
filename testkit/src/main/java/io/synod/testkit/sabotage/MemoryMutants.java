package io.synod.testkit.sabotage;

import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord.RegisterCopy;
import io.synod.sharedmemory.MemorySettings;
import java.util.List;

/** Rules of atomic registers without consensus. */
final class MemoryMutants {
  private static final Tag ALWAYS = new Tag(Tag.MAX_SEQUENCE, NodeId.of("n1"));

  private MemoryMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "no-write-back", "a reader takes every tag for complete and propagates nothing",
            "a read propagates what it found before it answers (A, Y)",
            parts -> parts
                .settings(s -> s.with(MemorySettings.COMPLETION, "announced"))
                .process(Tamper.received(MemoryMutants::complete))).in("abd"),
        new Sabotage(
            "copies-forgotten", "a restarted replica has forgotten its copies",
            "a copy survives a crash",
            parts -> parts.process(
                Tamper.recovered(r -> r instanceof RegisterCopy ? null : r))).in("abd"),
        new Sabotage(
            "copy-before-force", "a replica acknowledges a copy before it is on disk",
            "a copy is on disk before it is shown",
            parts -> parts.effects(Tamper.unforced(WriteAck.class::isInstance))).in("abd"),
        new Sabotage(
            "tag-before-force", "a value leaves before its writer has it on disk",
            "no life of a writer uses a tag of a former one (A: the first unused tag)",
            parts -> parts.effects(Tamper.unforced(Write.class::isInstance))).in("abd"));
  }

  private static Message complete(Message message) {
    return message instanceof ReadAck ack
        ? new ReadAck(ack.request(), ack.tag(), ack.value(), ALWAYS) : message;
  }
}
