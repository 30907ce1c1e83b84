package io.synod.server.kv;

import io.synod.api.lease.NamedLeases;
import io.synod.api.lease.NamedLeases.Grant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * LEASE and HOLDER: leases of named resources. {@code LEASE ACQUIRE resource holder millis} answers
 * with a token, or 0 while another holds it; {@code RENEW resource token millis} and
 * {@code RELEASE resource token} with 1 or 0; {@code REVOKE resource} with the milliseconds after
 * which it is free at the latest. {@code HOLDER resource} answers with holder, token, milliseconds
 * left and whether it is revoked, or nil.
 */
final class LeaseCommands {
  private static final int ALL = 3;

  private LeaseCommands() {}

  static byte[] lease(Store store, Args args) throws KvError {
    try {
      return run(store, args);
    } catch (IllegalArgumentException e) {
      throw new KvError("ERR " + e.getMessage());
    }
  }

  private static byte[] run(Store store, Args args) throws KvError {
    NamedLeases leases = store.leases();
    String resource = text(args, 1);
    long now = store.now();
    if (args.is(0, "ACQUIRE") && args.count() == ALL + 1) {
      Optional<Grant> grant = leases.acquire(resource, text(args, 2), args.number(ALL), now);
      return Reply.integer(grant.map(Grant::token).orElse(0L));
    } else if (args.is(0, "RENEW") && args.count() == ALL + 1) {
      return bit(leases.renew(resource, args.number(2), args.number(ALL), now).isPresent());
    } else if (args.is(0, "RELEASE") && args.count() == ALL) {
      return bit(leases.release(resource, args.number(2), now));
    } else if (args.is(0, "REVOKE") && args.count() == 2) {
      return Reply.integer(leases.revoke(resource, now).orElse(now) - now);
    }
    throw new KvError("ERR LEASE takes ACQUIRE resource holder millis, RENEW resource token millis,"
        + " RELEASE resource token or REVOKE resource");
  }

  static byte[] holder(Store store, Args args) {
    Optional<Grant> held = store.leases().held(text(args, 0), store.now());
    return held.map(grant -> Reply.array(List.of(
        Reply.bulk(grant.holder()), Reply.integer(grant.token()),
        Reply.integer(grant.untilMillis() - store.now()), bit(grant.revoked()))))
        .orElse(Reply.nil());
  }

  private static byte[] bit(boolean yes) {
    return Reply.integer(yes ? 1 : 0);
  }

  private static String text(Args args, int index) {
    return new String(args.bytes(index), StandardCharsets.UTF_8);
  }
}
