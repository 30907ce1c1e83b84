package io.synod.testkit.sabotage;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import io.synod.testkit.forward.ForwardingBroadcast;
import io.synod.testkit.forward.ForwardingDelivery;
import io.synod.testkit.forward.ForwardingMachine;
import io.synod.testkit.forward.ForwardingSnapshots;
import io.synod.testkit.sim.NodeParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rules of snapshots: a snapshot and the rest of the log give what the whole log gives. */
final class SnapshotMutants {
  /** Where the head of a snapshot has: version, applied, time, next session, swept at, count. */
  private static final int APPLIED_AT = Integer.BYTES;

  private SnapshotMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "snapshot-without-sessions", "the table of sessions is left out of snapshots",
            "sessions are part of the replicated state",
            parts -> parts.snapshots(rewriting(SnapshotMutants::withoutSessions, 0))),
        new Sabotage(
            "snapshot-too-late", "a snapshot shows the state as of when it is written out",
            "a snapshot is the state after one instance",
            parts -> parts.machine(machine -> new ForwardingMachine(machine) {
              @Override
              public SnapshotContent snapshot() {
                return out -> inner.snapshot().writeTo(out);
              }
            })),
        new Sabotage(
            "snapshot-off-by-one", "a snapshot says that it holds one instance more than it does",
            "a snapshot is the state after one instance",
            parts -> parts.snapshots(rewriting(SnapshotMutants::oneMore, 1))),
        new Sabotage(
            "snapshot-drops-tail", "restoring a snapshot drops votes for what follows it",
            "votes go only when all is decided and held (P P1bInv)",
            SnapshotMutants::dropTail));
  }

  /** Changes the bytes of snapshots that are taken, and the instance they stand for. */
  private static UnaryOperator<Snapshots> rewriting(UnaryOperator<byte[]> change, long shift) {
    return snapshots -> new ForwardingSnapshots(snapshots) {
      @Override
      public void write(InstanceId last, SnapshotContent content, Consumer<SnapshotInfo> done) {
        inner.write(last.plus(shift), out -> out.write(change.apply(bytes(content))), done);
      }
    };
  }

  private static byte[] bytes(SnapshotContent content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    return out.toByteArray();
  }

  private static byte[] oneMore(byte[] snapshot) {
    byte[] other = snapshot.clone();
    ByteBuffer view = ByteBuffer.wrap(other);
    view.putLong(APPLIED_AT, view.getLong(APPLIED_AT) + 1);
    return other;
  }

  private static byte[] withoutSessions(byte[] snapshot) {
    int countAt = sessionsAt(snapshot);
    ByteBuffer in = ByteBuffer.wrap(snapshot).position(countAt);
    int sessions = in.getInt();
    for (int i = 0; i < sessions; i++) {
      in.position(in.position() + 3 * Long.BYTES);
      int results = in.getInt();
      for (int j = 0; j < results; j++) {
        in.position(in.position() + Long.BYTES);
        int length = in.getInt();
        in.position(in.position() + length);
      }
    }
    ByteBuffer out = ByteBuffer.allocate(countAt + Integer.BYTES + in.remaining());
    return out.put(snapshot, 0, countAt).putInt(0).put(in).array();
  }

  /** Where the number of sessions stands: after version, instance, time, eras and two numbers. */
  private static int sessionsAt(byte[] snapshot) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
      in.skipNBytes(Integer.BYTES + 2L * Long.BYTES);
      Eras.readFrom(in);
      return snapshot.length - in.available() + 2 * Long.BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NodeParts dropTail(NodeParts parts) {
    LocalAcceptor[] own = new LocalAcceptor[1];
    return parts
        .acceptor((context, acceptor) -> own[0] = acceptor)
        .broadcast(broadcast -> new ForwardingBroadcast(broadcast) {
          @Override
          public void start(InstanceId snapshot) {
            inner.start(snapshot);
            dropVotes(own[0], snapshot);
          }
        })
        .broadcast(OrderMutants.delivering(delivery -> new ForwardingDelivery(delivery) {
          @Override
          public void install(InstanceId last) {
            inner.install(last);
            dropVotes(own[0], last);
          }
        }));
  }

  private static void dropVotes(LocalAcceptor acceptor, InstanceId snapshot) {
    if (InstanceId.NONE.before(snapshot)) {
      acceptor.recover(DiskMutants.withoutVotes(
          acceptor.checkpoint(new LocalAcceptor.Rest(
              0, true, Map.of(), new Eras(Era.ZERO, Era.ZERO, Map.of()), Ballot.BOTTOM,
              InstanceId.NONE))));
    }
  }
}
