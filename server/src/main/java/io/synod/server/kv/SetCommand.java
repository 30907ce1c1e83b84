package io.synod.server.kv;

import java.util.Arrays;

/** SET with its options; one object per call. */
final class SetCommand {
  private static final long SECOND = 1000;

  private final Store store;
  private final Args args;
  private boolean onlyNew;
  private boolean onlyOld;
  private boolean answerOld;
  private boolean keepDeadline;
  private byte[] onlyIf;
  private long deadline = Store.NEVER;

  private SetCommand(Store store, Args args) {
    this.store = store;
    this.args = args;
  }

  static byte[] run(Store store, Args args) throws KvError {
    if (args.count() == 2) {
      store.put(args.key(0), args.bytes(1), Store.NEVER);
      return Reply.ok();
    }
    SetCommand command = new SetCommand(store, args);
    command.readOptions();
    return command.execute();
  }

  private void readOptions() throws KvError {
    int i = 2;
    while (i < args.count()) {
      i += option(i);
    }
    int conditions = (onlyNew ? 1 : 0) + (onlyOld ? 1 : 0) + (onlyIf != null ? 1 : 0);
    if (conditions > 1 || keepDeadline && deadline != Store.NEVER) {
      throw KvError.SYNTAX;
    }
  }

  /** Reads the option at {@code i} and returns how many arguments it took. */
  private int option(int i) throws KvError {
    if (args.is(i, "NX")) {
      onlyNew = true;
    } else if (args.is(i, "XX")) {
      onlyOld = true;
    } else if (args.is(i, "GET")) {
      answerOld = true;
    } else if (args.is(i, "KEEPTTL")) {
      keepDeadline = true;
    } else {
      return optionWithValue(i);
    }
    return 1;
  }

  private int optionWithValue(int i) throws KvError {
    if (i + 1 == args.count()) {
      throw KvError.SYNTAX;
    }
    if (args.is(i, "IFEQ") && onlyIf == null) {
      onlyIf = args.bytes(i + 1);
    } else if (args.is(i, "EX") && deadline == Store.NEVER) {
      deadline = deadline(args.number(i + 1), SECOND);
    } else if (args.is(i, "PX") && deadline == Store.NEVER) {
      deadline = deadline(args.number(i + 1), 1);
    } else {
      throw KvError.SYNTAX;
    }
    return 2;
  }

  private long deadline(long time, long unit) throws KvError {
    if (time <= 0 || time > (Store.NEVER - 1 - store.now()) / unit) {
      throw KvError.expireTime(Op.SET);
    }
    return store.now() + time * unit;
  }

  private byte[] execute() {
    Bytes key = args.key(0);
    Store.Entry before = store.get(key);
    boolean allowed = !(onlyNew && before != null) && !(onlyOld && before == null)
        && (onlyIf == null || before != null && Arrays.equals(onlyIf, before.value()));
    if (allowed) {
      boolean kept = keepDeadline && before != null;
      store.put(key, args.bytes(1), kept ? before.deadline() : deadline);
    }
    if (answerOld) {
      return Reply.bulk(before == null ? null : before.value());
    }
    return allowed ? Reply.ok() : Reply.nil();
  }
}
