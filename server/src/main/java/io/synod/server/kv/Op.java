package io.synod.server.kv;

import java.util.Locale;

/**
 * The operations of the key-value machine. The code is what stands in logs and snapshots: it is
 * never re-used for another meaning.
 */
public enum Op {
  GET(1, Kind.READ, 1, 1),
  SET(2, Kind.WRITE, 2, 9),
  GETSET(3, Kind.WRITE, 2, 2),
  SETNX(4, Kind.WRITE, 2, 2),
  MGET(5, Kind.READ, 1, Op.ANY),
  MSET(6, Kind.WRITE, 2, Op.ANY),
  DEL(7, Kind.WRITE, 1, Op.ANY),
  EXISTS(8, Kind.READ, 1, Op.ANY),
  INCR(9, Kind.WRITE, 1, 1),
  INCRBY(10, Kind.WRITE, 2, 2),
  DECR(11, Kind.WRITE, 1, 1),
  DECRBY(12, Kind.WRITE, 2, 2),
  APPEND(13, Kind.WRITE, 2, 2),
  STRLEN(14, Kind.READ, 1, 1),
  /** {@code CAS key old new}: 1 and the new value if the value was old, otherwise 0. */
  CAS(15, Kind.WRITE, 3, 3),
  EXPIRE(16, Kind.WRITE, 2, 3),
  PEXPIRE(17, Kind.WRITE, 2, 3),
  TTL(18, Kind.READ, 1, 1),
  PTTL(19, Kind.READ, 1, 1),
  PERSIST(20, Kind.WRITE, 1, 1),
  KEYS(21, Kind.READ, 1, 1),
  SCAN(22, Kind.READ, 1, 7),
  DBSIZE(23, Kind.READ, 0, 0),
  FLUSHALL(24, Kind.WRITE, 0, 1),
  /** Encoded commands as arguments; one atomic command, whose reply is the array of theirs. */
  MULTI(25, Kind.INTERNAL, 0, Op.ANY),
  /** {@code client seq command}: takes effect once, however often it is sent. */
  ONCE(26, Kind.INTERNAL, 3, 3),
  /** Encoded reads as arguments; the reply is theirs, one after the other. */
  READS(27, Kind.INTERNAL, 1, Op.ANY),
  /** A hash of the whole visible state, equal on replicas that applied the same prefix. */
  DIGEST(28, Kind.INTERNAL, 0, 0),
  /** {@code ACQUIRE | RENEW | RELEASE | REVOKE} of a named resource. */
  LEASE(29, Kind.WRITE, 2, 4),
  /** Who holds a named resource, and for how long. */
  HOLDER(30, Kind.READ, 1, 1);

  /** Who may ask for it, and whether it changes anything. */
  public enum Kind {
    /** A data command that changes nothing. */
    READ,
    /** A data command that may change the state. */
    WRITE,
    /** Not a command of the RESP port by this name. */
    INTERNAL
  }

  private static final int ANY = Integer.MAX_VALUE;
  private static final Op[] BY_CODE = byCode();

  private final byte code;
  private final Kind kind;
  private final int least;
  private final int most;

  Op(int code, Kind kind, int least, int most) {
    this.code = (byte) code;
    this.kind = kind;
    this.least = least;
    this.most = most;
  }

  /** The operation of that code, or null. */
  static Op of(byte code) {
    return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  byte code() {
    return code;
  }

  /** Read, write or internal. */
  public Kind kind() {
    return kind;
  }

  /** Whether that many arguments, the name not counted, are acceptable. */
  public boolean takes(int arguments) {
    return arguments >= least && arguments <= most
        && (this != MSET || arguments % 2 == 0);
  }

  /** Arity as Redis counts it: with the name, negative for "at least". */
  public int arity() {
    return least == most ? least + 1 : -(least + 1);
  }

  /** The name as Redis prints it in errors. */
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Op[] byCode() {
    Op[] ops = new Op[values().length + 1];
    for (Op op : values()) {
      ops[op.code] = op;
    }
    return ops;
  }
}
