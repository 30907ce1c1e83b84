package io.synod.codec;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;

/** How the register's messages are written. */
final class RegisterMessages {
  private RegisterMessages() {}

  static void register(Registry registry) {
    reading(registry);
    writing(registry);
    confirming(registry);
    leasing(registry);
  }

  private static void reading(Registry registry) {
    registry.add(WireIds.PREPARE, Prepare.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.era(m.era());
          out.instance(m.from());
        },
        in -> new Prepare(in.ballot(), in.era(), in.instance()));
    registry.add(WireIds.PROMISE, Promise.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.incarnation(m.incarnation());
          out.writeBoolean(m.founding());
          out.instance(m.kept());
          out.instance(m.floor());
          out.era(m.active());
          out.era(m.adopted());
          out.configurations(m.configurations());
          out.votes(m.votes());
        },
        in -> new Promise(
            in.ballot(), in.incarnation(), in.flag(), in.instance(), in.instance(), in.era(),
            in.era(), in.configurations(), in.votes()));
    registry.add(WireIds.ADOPT, Adopt.class,
        (out, m) -> {
          out.oneC(m.oneC());
          out.writeByte(m.votesToAll() ? 1 : 0);
        },
        in -> new Adopt(in.oneC(), in.flag()));
    registry.add(WireIds.STORED, Stored.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.incarnation(m.incarnation());
          out.instance(m.held());
        },
        in -> new Stored(in.ballot(), in.incarnation(), in.instance()));
  }

  private static void writing(Registry registry) {
    registry.add(WireIds.ACCEPT, Accept.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.instance(m.first());
          out.values(m.values());
          out.instance(m.decided());
        },
        in -> new Accept(in.ballot(), in.instance(), in.values(), in.instance()));
    registry.add(WireIds.ACCEPTED, Accepted.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.incarnation(m.incarnation());
          out.instance(m.upTo());
        },
        in -> new Accepted(in.ballot(), in.incarnation(), in.instance()));
  }

  private static void confirming(Registry registry) {
    registry.add(WireIds.CONFIRM, Confirm.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.any(m.round());
        },
        in -> new Confirm(in.ballot(), in.any()));
    registry.add(WireIds.CONFIRMED, Confirmed.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.incarnation(m.incarnation());
          out.any(m.round());
        },
        in -> new Confirmed(in.ballot(), in.incarnation(), in.any()));
    registry.add(WireIds.NACK, Nack.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.incarnation(m.incarnation());
          out.ballot(m.promised());
        },
        in -> new Nack(in.ballot(), in.incarnation(), in.ballot()));
  }

  private static void leasing(Registry registry) {
    registry.add(WireIds.LEASE, Lease.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.number(m.number());
          out.number(m.nanos());
        },
        in -> new Lease(in.ballot(), in.number(), in.number()));
    registry.add(WireIds.LEASED, Leased.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.incarnation(m.incarnation());
          out.number(m.number());
        },
        in -> new Leased(in.ballot(), in.incarnation(), in.number()));
  }
}
