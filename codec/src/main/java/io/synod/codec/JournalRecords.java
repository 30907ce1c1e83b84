package io.synod.codec;

import io.synod.api.model.Incarnation;
import io.synod.api.model.OneC;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.storage.DurableRecord.Admitted;
import io.synod.api.storage.DurableRecord.Booted;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.CopiesFollow;
import io.synod.api.storage.DurableRecord.DecidedIn;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Learned;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.RegisterCopy;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.Optional;

/** How the records of the journal are written. */
final class JournalRecords {
  private JournalRecords() {}

  static void register(Registry registry) {
    acceptor(registry);
    learner(registry);
    process(registry);
    replica(registry);
    registry.add(
        WireIds.CHECKPOINT, Checkpoint.class, JournalRecords::write, JournalRecords::checkpoint);
  }

  private static void acceptor(Registry registry) {
    registry.add(WireIds.PROMISED, Promised.class,
        (out, r) -> out.ballot(r.ballot()), in -> new Promised(in.ballot()));
    registry.add(WireIds.VOTED, Voted.class,
        (out, r) -> {
          out.ballot(r.ballot());
          out.instance(r.first());
          out.values(r.values());
        },
        in -> new Voted(in.ballot(), in.instance(), in.values()));
    registry.add(WireIds.STORED_ONE_C, StoredOneC.class,
        (out, r) -> out.oneC(r.oneC()), in -> new StoredOneC(in.oneC()));
  }

  private static void learner(Registry registry) {
    registry.add(WireIds.LEARNED, Learned.class,
        (out, r) -> {
          out.instance(r.first());
          out.values(r.values());
        },
        in -> new Learned(in.instance(), in.values()));
    registry.add(WireIds.DECIDED_UP_TO, DecidedUpTo.class,
        (out, r) -> out.instance(r.upTo()), in -> new DecidedUpTo(in.instance()));
    registry.add(WireIds.DECIDED_IN, DecidedIn.class,
        (out, r) -> out.ballot(r.ballot()), in -> new DecidedIn(in.ballot()));
    registry.add(WireIds.ACTIVATED, Activated.class,
        (out, r) -> {
          out.era(r.era());
          out.configuration(r.configuration());
        },
        in -> new Activated(in.era(), in.configuration()));
  }

  private static void process(Registry registry) {
    registry.add(WireIds.BOOTED, Booted.class,
        (out, r) -> out.number(r.epoch()), in -> new Booted(in.number()));
    registry.add(WireIds.MET, Met.class,
        (out, r) -> {
          out.node(r.node());
          out.incarnation(r.incarnation());
        },
        in -> new Met(in.node(), in.incarnation()));
    registry.add(WireIds.ADMITTED, Admitted.class, (out, r) -> { }, in -> new Admitted());
  }

  private static void replica(Registry registry) {
    registry.add(WireIds.REGISTER_COPY, RegisterCopy.class,
        (out, r) -> {
          out.text(r.name());
          out.tag(r.tag());
          out.bytes(r.value());
        },
        in -> new RegisterCopy(in.text(), in.tag(), in.bytes()));
    registry.add(WireIds.COPIES_FOLLOW, CopiesFollow.class,
        (out, r) -> out.number(r.epoch()), in -> new CopiesFollow(in.number()));
  }

  private static void write(WireOutput out, Checkpoint r) {
    out.number(r.epoch());
    out.writeBoolean(r.admitted());
    out.byNode(r.met(), Incarnation::number);
    out.ballot(r.promised());
    out.writeBoolean(r.oneC().isPresent());
    r.oneC().ifPresent(out::oneC);
    out.instance(r.kept());
    out.instance(r.floor());
    out.era(r.adopted());
    out.eras(r.eras());
    out.ballot(r.decidedIn());
    out.instance(r.decided());
    out.votes(r.votes());
  }

  private static Checkpoint checkpoint(WireInput in) {
    return new Checkpoint(
        in.number(), in.flag(), in.byNode(Incarnation::new), in.ballot(), optionalOneC(in),
        in.instance(), in.instance(), in.era(), in.eras(), in.ballot(), in.instance(),
        in.votes());
  }

  private static Optional<OneC> optionalOneC(WireInput in) {
    return in.flag() ? Optional.of(in.oneC()) : Optional.empty();
  }
}
