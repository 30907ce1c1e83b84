package io.synod.testkit.sabotage;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Learned;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.Voted;
import io.synod.testkit.forward.ForwardingConsensus;
import io.synod.testkit.forward.ForwardingEffects;
import io.synod.testkit.sim.NodeParts;
import io.synod.testkit.sim.NodeProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Rules about what is on disk, when, and what is read back from it. */
final class DiskMutants {
  private DiskMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "promise-before-force", "a 1b leaves before its promise is on disk",
            "store, then ackREAD (D fig. 11)",
            parts -> parts.effects(Tamper.unforced(Promise.class::isInstance))),
        new Sabotage(
            "vote-before-force", "a 2b leaves before its votes are on disk",
            "store, then ackWRITE (D fig. 11)",
            parts -> parts.effects(Tamper.unforced(Accepted.class::isInstance))),
        new Sabotage(
            "stored-before-force", "a 1c is acknowledged before it is on disk",
            "a 1c is stored in one durable step (P Phase1c)",
            parts -> parts.effects(Tamper.unforced(Stored.class::isInstance))),
        new Sabotage(
            "promise-not-recorded", "a promise is answered and never written",
            "store, then ackREAD (D fig. 11)",
            parts -> parts.effects(Tamper.persisted(r -> r instanceof Promised ? null : r))),
        new Sabotage(
            "promise-forgotten", "a restarted node has forgotten its last promises",
            "a promise survives a crash (D fig. 11, P PAccInv)",
            parts -> parts.process(Tamper.recovered(DiskMutants::withoutPromise))),
        new Sabotage(
            "votes-forgotten", "a restarted node has forgotten its votes",
            "a vote survives a crash (D fig. 11, P P1bInv)",
            parts -> parts.process(Tamper.recovered(r -> r instanceof Voted ? null : r))),
        new Sabotage(
            "checkpoint-without-votes", "a checkpoint leaves out votes that are not decided",
            "a checkpoint is all that the records before it amount to",
            parts -> parts.effects(Tamper.persisted(DiskMutants::withoutVotes))),
        new Sabotage(
            "lying-disk", "a crash loses the last record, although it was forced",
            "what is forced stays (fault D8)",
            parts -> forgetful(parts, size -> size - 1)),
        new Sabotage(
            "truncating-recovery", "a damaged record in the middle ends the journal there",
            "only a torn tail may be cut (fault D3)",
            parts -> forgetful(parts, size -> parts.context().random().nextInt(size + 1))),
        new Sabotage(
            "decision-not-recorded", "a decision that differs from the own vote is not written",
            "replay gives what was decided, not what was voted for",
            parts -> parts.effects(Tamper.persisted(r -> r instanceof Learned ? null : r))),
        new Sabotage(
            "mark-too-high", "the watermark on disk says one instance too many is decided",
            "decided is chosen (D fig. 13)",
            parts -> parts.effects(Tamper.persisted(DiskMutants::oneTooHigh))),
        new Sabotage(
            "ballot-used-again", "a restarted proposer uses ballots of a former life again",
            "the own promise comes first and is remembered (P: a ballot has one owner)",
            DiskMutants::anew));
  }

  /** Neither is the own promise waited for before a ballot is used, nor heeded after a restart. */
  private static NodeParts anew(NodeParts parts) {
    NodeId self = parts.context().self();
    return parts
        .effects(effects -> new AskAllAtOnce(effects, parts.context()))
        .consensus(consensus -> new ForwardingConsensus(consensus) {
          @Override
          public void onBallotSeen(Ballot seen) {
            if (!seen.proposer().equals(self)) {
              inner.onBallotSeen(seen);
            }
          }
        });
  }

  private static DurableRecord withoutPromise(DurableRecord record) {
    return record instanceof Promised ? null : record;
  }

  private static DurableRecord withoutVotes(DurableRecord record) {
    return record instanceof Checkpoint c ? withoutVotes(c) : record;
  }

  /** The same checkpoint as if the acceptor had never voted. */
  static Checkpoint withoutVotes(Checkpoint c) {
    return new Checkpoint(
        c.epoch(), c.admitted(), c.met(), c.promised(), c.oneC(), c.kept(), c.floor(),
        c.adopted(), c.eras(), c.decidedIn(), c.decided(), List.of());
  }

  private static DurableRecord oneTooHigh(DurableRecord record) {
    return record instanceof DecidedUpTo mark ? new DecidedUpTo(mark.upTo().next()) : record;
  }

  private static NodeParts forgetful(NodeParts parts, IntUnaryOperator kept) {
    return parts.process(process -> new Forgetful(process, kept));
  }

  /** Replays only so many of the records that follow the last checkpoint. */
  private static final class Forgetful extends ForwardingProcess {
    private final IntUnaryOperator kept;
    private final List<DurableRecord> tail = new ArrayList<>();

    Forgetful(NodeProcess inner, IntUnaryOperator kept) {
      super(inner);
      this.kept = kept;
    }

    @Override
    public void recover(DurableRecord record) {
      tail.add(record);
      if (record instanceof Checkpoint) {
        tail.forEach(inner::recover);
        tail.clear();
      }
    }

    @Override
    public void start(boolean freshStore) {
      if (!tail.isEmpty()) {
        tail.subList(0, kept.applyAsInt(tail.size())).forEach(inner::recover);
      }
      inner.start(freshStore);
    }
  }

  /** Sends a 1a to everybody together with the own one. */
  private static final class AskAllAtOnce extends ForwardingEffects {
    private final LayerContext context;
    private Ballot asked = Ballot.BOTTOM;

    AskAllAtOnce(Effects inner, LayerContext context) {
      super(inner);
      this.context = context;
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      inner.sendNow(to, message);
      if (message instanceof Prepare prepare && asked.before(prepare.ballot())) {
        asked = prepare.ballot();
        for (NodeId other : context.founders().acceptors()) {
          if (!other.equals(context.self())) {
            inner.sendNow(other, message);
          }
        }
      }
    }
  }
}
