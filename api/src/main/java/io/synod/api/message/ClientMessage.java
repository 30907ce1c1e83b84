package io.synod.api.message;

import io.synod.api.model.InstanceId;
import java.util.List;

/**
 * Between a client and the node that it is connected to.
 *
 * <pre>
 * client --- OpenSession ---&gt; node --- SessionOpened ---&gt;
 * client --- Submit --------&gt; node --- Result | Refusal --&gt;
 * client --- Query ---------&gt; node --- QueryResult | Refusal --&gt;
 * </pre>
 */
public sealed interface ClientMessage {
  /** Asks for a new session; {@code nonce} pairs the answer, also after a retry. */
  record OpenSession(long nonce) implements ClientMessage {}

  /** The session, open in the replicated state. */
  record SessionOpened(long nonce, long session) implements ClientMessage {}

  /**
   * Commands {@code sequence}, {@code sequence + 1}, … of the session. All results below
   * {@code answered} have reached the client and may be forgotten.
   */
  record Submit(long session, long sequence, long answered, List<byte[]> commands)
      implements ClientMessage {
    /** Copies the list. */
    public Submit {
      commands = List.copyOf(commands);
    }
  }

  /** What the state machine answered, with the instance that decided the command. */
  record Result(long session, long sequence, InstanceId instance, byte[] result)
      implements ClientMessage {}

  /** A read; {@code minIndex} counts for stale reads only. */
  record Query(long request, io.synod.api.replication.ReadMode mode, InstanceId minIndex,
      byte[] query) implements ClientMessage {}

  /** Its answer, current up to {@code index}. */
  record QueryResult(long request, InstanceId index, byte[] result) implements ClientMessage {}

  /** Why a request was not taken; {@code about} is its sequence, nonce or request number. */
  record Refusal(Kind kind, long session, long about, String reason) implements ClientMessage {
    /** What the client may conclude. */
    public enum Kind {
      /** Not taken, not done: try again later or elsewhere. */
      UNAVAILABLE,
      /** Not taken: too much is waiting. */
      OVERLOADED,
      /** The session is unknown or expired: what was not answered is indeterminate. */
      SESSION_EXPIRED,
      /** Never acceptable, such as too large. */
      INVALID
    }
  }

  /** Keeps a connection and its session alive. */
  record Ping(long session) implements ClientMessage {}

  /** The answer to a ping. */
  record Pong() implements ClientMessage {}
}
