package io.synod.server.resp;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadOutcome;
import io.synod.server.kv.Reply;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The place of one request, or of a run of reads, in the order of replies. Made and taken on the
 * connection's event loop; completed once, by whichever thread the node answers on.
 */
final class Slot extends AtomicReference<byte[]> {
  private static final long serialVersionUID = 1L;

  /** What has to wait for what. */
  enum Kind {
    /** Answered here, or about nothing that a command changes. */
    LOCAL,
    /** Read without a log entry. */
    READ,
    /** In the log. */
    LOGGED
  }

  private final transient RespConnection connection;
  private final transient Kind kind;
  private final boolean writes;
  private final boolean resp3;
  private final long since;
  private int requests = 1;
  private transient volatile InstanceId index = InstanceId.NONE;

  Slot(RespConnection connection, Kind kind, boolean writes, boolean resp3, long since) {
    this.connection = connection;
    this.kind = kind;
    this.writes = writes;
    this.resp3 = resp3;
    this.since = since;
  }

  Kind kind() {
    return kind;
  }

  long since() {
    return since;
  }

  int requests() {
    return requests;
  }

  void oneMore() {
    requests++;
  }

  /** The log index that the reply shows. */
  InstanceId index() {
    return index;
  }

  /** The reply as it goes to the client. */
  byte[] wire(byte[] reply) {
    return resp3 ? Resp3.convert(reply) : reply;
  }

  /** The node's answer to a command; any thread. */
  void submitted(Outcome outcome, Throwable failure) {
    if (outcome instanceof Outcome.Applied applied) {
      index = applied.instance();
      complete(applied.result());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      completeAll(rejected(rejected));
    } else if (outcome instanceof Outcome.Indeterminate indeterminate) {
      completeAll(outcomeUnknown(indeterminate.detail()));
    } else {
      completeAll(outcomeUnknown("" + failure));
    }
  }

  private byte[] outcomeUnknown(String detail) {
    return Reply.error(writes
        ? "TIMEOUT outcome unknown: " + detail
        : "UNAVAILABLE nothing was done: " + detail);
  }

  private static byte[] rejected(Outcome.Rejected rejected) {
    return switch (rejected.reason()) {
      case OVERLOADED -> Reply.error("BUSY nothing was done, try again: " + rejected.detail());
      case TOO_LARGE -> Reply.error("ERR request too large: " + rejected.detail());
      case UNAVAILABLE, CLOSED ->
          Reply.error("UNAVAILABLE nothing was done: " + rejected.detail());
    };
  }

  /** The node's answer to a read; any thread. */
  void read(ReadOutcome outcome, Throwable failure) {
    if (outcome instanceof ReadOutcome.Answer answer) {
      index = answer.index();
      complete(answer.result());
    } else if (outcome instanceof ReadOutcome.Unavailable unavailable) {
      completeAll(Reply.error("UNAVAILABLE nothing was done: " + unavailable.detail()));
    } else {
      completeAll(Reply.error("UNAVAILABLE nothing was done: " + failure));
    }
  }

  /** No answer in time; a late one is ignored. */
  void timeOut(long millis) {
    completeAll(outcomeUnknown("no answer within " + millis + " ms"));
  }

  /** Completes with one reply for each request. */
  private void completeAll(byte[] reply) {
    byte[] all = new byte[reply.length * requests];
    for (int i = 0; i < requests; i++) {
      System.arraycopy(reply, 0, all, i * reply.length, reply.length);
    }
    complete(all);
  }

  /** Completes; the first reply counts. */
  void complete(byte[] reply) {
    if (compareAndSet(null, reply)) {
      connection.completed();
    }
  }
}
