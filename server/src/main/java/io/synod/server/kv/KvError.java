package io.synod.server.kv;

/**
 * A refusal that is a result: the reply is an error, the state is as before. Without a stack
 * trace, since it is no fault of the program.
 */
final class KvError extends Exception {
  static final KvError SYNTAX = new KvError("ERR syntax error");
  static final KvError NOT_AN_INTEGER =
      new KvError("ERR value is not an integer or out of range");
  static final KvError OVERFLOW = new KvError("ERR increment or decrement would overflow");
  static final KvError MALFORMED = new KvError("ERR malformed command");

  private static final long serialVersionUID = 1L;

  KvError(String message) {
    super(message, null, false, false);
  }

  static KvError arity(Op op) {
    return new KvError("ERR wrong number of arguments for '" + op.lower() + "' command");
  }

  static KvError expireTime(Op op) {
    return new KvError("ERR invalid expire time in '" + op.lower() + "' command");
  }
}
