package io.synod.api.lease;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Who holds which resource until when (Lampson, "How to Build a Highly Available System Using
 * Consensus", leases). A state machine keeps one as part of its state, calls it from
 * {@code apply} with the log's time, and writes it into its snapshots; replicas then agree on
 * every grant. Not safe for use by several threads.
 *
 * <p>Time is the log's ({@code StateMachine.Context.timeMillis}), which stands still while nothing
 * is applied: a lease is over at the earliest when its time is over. A holder counts on its own
 * clock from <em>before</em> it asked, less what its clock may be wrong by, and then stops using
 * the resource. One that was suspended meanwhile cannot know: let the resource itself refuse a
 * token lower than one that it has seen.
 */
public final class NamedLeases {
  /** So many resources can be leased at once. */
  public static final int MOST = 1_000_000;

  private static final int LONGEST_NAME = 1024;

  private final TreeMap<String, Grant> grants;
  private long lastToken;

  /**
   * A lease.
   *
   * @param token higher than that of every grant before it
   * @param untilMillis log time at which it is over
   * @param revoked it cannot be renewed any more
   */
  public record Grant(String holder, long token, long untilMillis, boolean revoked) {}

  /** Nothing is leased. */
  public NamedLeases() {
    this(new TreeMap<>(), 0);
  }

  private NamedLeases(TreeMap<String, Grant> grants, long lastToken) {
    this.grants = grants;
    this.lastToken = lastToken;
  }

  /**
   * Leases a resource that is free. Asked again by its holder, it gives the same token and a time
   * that is not shorter, so that a request may be repeated.
   *
   * @return the grant; empty while somebody else holds it, or when it is revoked
   * @throws IllegalArgumentException if a name is empty or too long, the time is not positive, or
   *     too many resources are leased
   */
  public Optional<Grant> acquire(String resource, String holder, long millis, long nowMillis) {
    requireName(resource);
    requireName(holder);
    long until = until(millis, nowMillis);
    Grant live = grants.get(resource);
    if (live != null && live.untilMillis <= nowMillis) {
      live = null;
    }
    if (live != null) {
      return live.holder.equals(holder) ? renew(resource, live.token, millis, nowMillis)
          : Optional.empty();
    }
    if (grants.size() >= MOST && !grants.containsKey(resource)) {
      forgetEnded(nowMillis);
    }
    Grant grant = new Grant(holder, ++lastToken, until, false);
    grants.put(resource, grant);
    return Optional.of(grant);
  }

  private void forgetEnded(long nowMillis) {
    grants.values().removeIf(grant -> grant.untilMillis <= nowMillis);
    if (grants.size() >= MOST) {
      throw new IllegalArgumentException(MOST + " resources are leased, no more can be");
    }
  }

  /**
   * Prolongs a lease that lasts.
   *
   * @return the grant; empty if that token holds nothing any more, or was revoked
   */
  public Optional<Grant> renew(String resource, long token, long millis, long nowMillis) {
    long until = until(millis, nowMillis);
    Grant live = held(resource, nowMillis).filter(g -> g.token == token && !g.revoked).orElse(null);
    if (live == null) {
      return Optional.empty();
    }
    Grant renewed =
        new Grant(live.holder, token, Math.max(live.untilMillis, until), false);
    grants.put(resource, renewed);
    return Optional.of(renewed);
  }

  /** The holder gives it back; false if that token holds nothing any more. */
  public boolean release(String resource, long token, long nowMillis) {
    boolean holds = held(resource, nowMillis).filter(g -> g.token == token).isPresent();
    if (holds) {
      grants.remove(resource);
    }
    return holds;
  }

  /**
   * Wants it back: it cannot be renewed any more, and is free once the holder releases it or its
   * time is over, whichever comes first.
   *
   * @return log time at which it is free at the latest; empty if it is free
   */
  public OptionalLong revoke(String resource, long nowMillis) {
    Optional<Grant> live = held(resource, nowMillis);
    live.ifPresent(g -> grants.put(
        resource, new Grant(g.holder, g.token, g.untilMillis, true)));
    return live.map(g -> OptionalLong.of(g.untilMillis)).orElse(OptionalLong.empty());
  }

  /** The lease of a resource, if it lasts. */
  public Optional<Grant> held(String resource, long nowMillis) {
    return Optional.ofNullable(grants.get(resource)).filter(g -> g.untilMillis > nowMillis);
  }

  private static long until(long millis, long nowMillis) {
    if (millis <= 0 || millis > Long.MAX_VALUE - Math.max(0, nowMillis)) {
      throw new IllegalArgumentException("a lease of " + millis + " ms");
    }
    return nowMillis + millis;
  }

  private static void requireName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a name has 1 to " + LONGEST_NAME + " characters, not " + name.length());
    }
  }

  /** As it is now, for a snapshot that another thread writes. */
  public NamedLeases copy() {
    return new NamedLeases(new TreeMap<>(grants), lastToken);
  }

  /** All grants, those included that are over and not yet forgotten, by resource. */
  public Map<String, Grant> grants() {
    return new TreeMap<>(grants);
  }

  /** Writes all of it; {@link #readFrom} reads it back. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(lastToken);
    out.writeInt(grants.size());
    for (Map.Entry<String, Grant> entry : grants.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue().holder);
      out.writeLong(entry.getValue().token);
      out.writeLong(entry.getValue().untilMillis);
      out.writeBoolean(entry.getValue().revoked);
    }
  }

  /** Reads what {@link #writeTo} wrote; refuses anything else with an IOException. */
  public static NamedLeases readFrom(DataInput in) throws IOException {
    long lastToken = in.readLong();
    int count = in.readInt();
    if (lastToken < 0 || count < 0 || count > MOST) {
      throw new IOException("not named leases: " + count + " of them, last token " + lastToken);
    }
    TreeMap<String, Grant> grants = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      grants.put(in.readUTF(),
          new Grant(in.readUTF(), in.readLong(), in.readLong(), in.readBoolean()));
    }
    return new NamedLeases(grants, lastToken);
  }
}
