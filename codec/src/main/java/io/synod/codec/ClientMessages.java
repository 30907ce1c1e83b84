package io.synod.codec;

import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.Ping;
import io.synod.api.message.ClientMessage.Pong;
import io.synod.api.message.ClientMessage.Query;
import io.synod.api.message.ClientMessage.QueryResult;
import io.synod.api.message.ClientMessage.Refusal;
import io.synod.api.message.ClientMessage.Result;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;

/** How the messages between clients and nodes are written. */
final class ClientMessages {
  private ClientMessages() {}

  static void register(Registry registry) {
    sessions(registry);
    commands(registry);
    queries(registry);
    registry.add(WireIds.REFUSAL, Refusal.class,
        (out, m) -> {
          WireEnums.REFUSALS.write(out, m.kind());
          out.any(m.session());
          out.any(m.about());
          out.text(m.reason());
        },
        in -> new Refusal(WireEnums.REFUSALS.read(in), in.any(), in.any(), in.text()));
  }

  private static void sessions(Registry registry) {
    registry.add(WireIds.OPEN_SESSION, OpenSession.class,
        (out, m) -> out.any(m.nonce()), in -> new OpenSession(in.any()));
    registry.add(WireIds.SESSION_OPENED, SessionOpened.class,
        (out, m) -> {
          out.any(m.nonce());
          out.any(m.session());
        },
        in -> new SessionOpened(in.any(), in.any()));
    registry.add(WireIds.PING, Ping.class,
        (out, m) -> out.any(m.session()), in -> new Ping(in.any()));
    registry.add(WireIds.PONG, Pong.class, (out, m) -> { }, in -> new Pong());
  }

  private static void commands(Registry registry) {
    registry.add(WireIds.SUBMIT, Submit.class,
        (out, m) -> {
          out.any(m.session());
          out.number(m.sequence());
          out.number(m.answered());
          out.blobs(m.commands());
        },
        in -> new Submit(in.any(), in.number(), in.number(), in.blobs()));
    registry.add(WireIds.RESULT, Result.class,
        (out, m) -> {
          out.any(m.session());
          out.number(m.sequence());
          out.instance(m.instance());
          out.bytes(m.result());
        },
        in -> new Result(in.any(), in.number(), in.instance(), in.bytes()));
  }

  private static void queries(Registry registry) {
    registry.add(WireIds.QUERY, Query.class,
        (out, m) -> {
          out.any(m.request());
          WireEnums.READ_MODES.write(out, m.mode());
          out.instance(m.minIndex());
          out.bytes(m.query());
        },
        in -> new Query(in.any(), WireEnums.READ_MODES.read(in), in.instance(), in.bytes()));
    registry.add(WireIds.QUERY_RESULT, QueryResult.class,
        (out, m) -> {
          out.any(m.request());
          out.instance(m.index());
          out.bytes(m.result());
        },
        in -> new QueryResult(in.any(), in.instance(), in.bytes()));
  }
}
