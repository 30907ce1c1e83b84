package io.synod.server.kv;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The key-value store as a replicated state machine. Commands and queries are encoded by {@link
 * KvCodec}; every result is a RESP2 reply, a refusal too, so nothing that a client sends can halt
 * a replica. Time is the log's: a query sees keys as of the last applied command. All calls on the
 * node's loop, except that a snapshot's content is written by another thread.
 */
public final class KeyValueMachine implements StateMachine {
  private interface Handler {
    byte[] run(Store store, Args args) throws KvError;
  }

  private final Handler[] handlers = handlers();
  /** One reader for each depth: a command, one in it (ONCE), and one in that (MULTI). */
  private final Args[] readers = {new Args(), new Args(), new Args()};
  private Store store = new Store();
  private OnceTable once = new OnceTable();

  private static Handler[] handlers() {
    Handler[] table = new Handler[Op.values().length];
    table[Op.GET.ordinal()] = StringCommands::get;
    table[Op.SET.ordinal()] = SetCommand::run;
    table[Op.GETSET.ordinal()] = StringCommands::getSet;
    table[Op.SETNX.ordinal()] = StringCommands::setIfAbsent;
    table[Op.MGET.ordinal()] = StringCommands::getMany;
    table[Op.MSET.ordinal()] = StringCommands::setMany;
    table[Op.DEL.ordinal()] = KeyCommands::delete;
    table[Op.EXISTS.ordinal()] = KeyCommands::exists;
    table[Op.INCR.ordinal()] = StringCommands::increment;
    table[Op.INCRBY.ordinal()] = StringCommands::incrementBy;
    table[Op.DECR.ordinal()] = StringCommands::decrement;
    table[Op.DECRBY.ordinal()] = StringCommands::decrementBy;
    table[Op.APPEND.ordinal()] = StringCommands::append;
    table[Op.STRLEN.ordinal()] = StringCommands::length;
    table[Op.CAS.ordinal()] = StringCommands::compareAndSet;
    table[Op.EXPIRE.ordinal()] = KeyCommands::expireSeconds;
    table[Op.PEXPIRE.ordinal()] = KeyCommands::expireMillis;
    table[Op.TTL.ordinal()] = KeyCommands::ttlSeconds;
    table[Op.PTTL.ordinal()] = KeyCommands::ttlMillis;
    table[Op.PERSIST.ordinal()] = KeyCommands::persist;
    table[Op.KEYS.ordinal()] = KeyCommands::keys;
    table[Op.SCAN.ordinal()] = KeyCommands::scan;
    table[Op.DBSIZE.ordinal()] = KeyCommands::size;
    table[Op.FLUSHALL.ordinal()] = KeyCommands::flush;
    table[Op.LEASE.ordinal()] = LeaseCommands::lease;
    table[Op.HOLDER.ordinal()] = LeaseCommands::holder;
    return table;
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    store.advance(context.timeMillis());
    return run(command, true);
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return run(query, false);
  }

  private byte[] run(ByteBuffer command, boolean writing) {
    Args args = readers[0];
    if (!args.read(command, command.position(), command.limit())) {
      return Reply.error(KvError.MALFORMED.getMessage());
    }
    return run(0, writing);
  }

  /** Runs what the reader of that depth has read. */
  private byte[] run(int depth, boolean writing) {
    Args args = readers[depth];
    Op op = args.op();
    try {
      if (!op.takes(args.count())) {
        throw KvError.arity(op);
      }
      if (op.kind() == Op.Kind.INTERNAL) {
        return runInternal(depth, writing);
      }
      if (!writing && op.kind() != Op.Kind.READ) {
        throw new KvError("ERR " + op + " changes the state: it must go through the log");
      }
      return handlers[op.ordinal()].run(store, args);
    } catch (KvError e) {
      return Reply.error(e.getMessage());
    }
  }

  private byte[] runInternal(int depth, boolean writing) throws KvError {
    Args args = readers[depth];
    return switch (args.op()) {
      case MULTI -> Reply.array(runEach(depth, writing));
      case READS -> Reply.concat(runEach(depth, false));
      case ONCE -> runOnce(depth, writing);
      case DIGEST -> Reply.bulk(String.format("%016x", digest()));
      default -> throw KvError.MALFORMED;
    };
  }

  private List<byte[]> runEach(int depth, boolean writing) throws KvError {
    Args outer = readers[depth];
    int inner = depth + 1;
    List<byte[]> replies = new ArrayList<>(outer.count());
    requireData(outer, inner);
    for (int i = 0; i < outer.count(); i++) {
      readers[inner].readNested(outer, i);
      replies.add(run(inner, writing));
    }
    return replies;
  }

  /** Checks all before running any: a malformed part leaves the state as it was. */
  private void requireData(Args outer, int inner) throws KvError {
    for (int i = 0; i < outer.count(); i++) {
      if (inner == readers.length || !readers[inner].readNested(outer, i)
          || readers[inner].op().kind() == Op.Kind.INTERNAL) {
        throw KvError.MALFORMED;
      }
    }
  }

  private byte[] runOnce(int depth, boolean writing) throws KvError {
    Args outer = readers[depth];
    int inner = depth + 1;
    if (!writing || depth != 0) {
      throw new KvError("ERR ONCE is a command of its own");
    }
    if (!readers[inner].readNested(outer, 2) || readers[inner].op() == Op.ONCE) {
      throw KvError.MALFORMED;
    }
    return once.apply(store.now(), outer.key(0), outer.number(1), () -> run(inner, true));
  }

  /**
   * A hash of all live keys, values and deadlines and of the table of ONCE. Equal on replicas that
   * applied the same commands, whatever the order of their maps. Takes time in proportion to the
   * state.
   */
  public long digest() {
    return Digest.of(store, once);
  }

  @Override
  public SnapshotContent snapshot() {
    return new SnapshotWriter(store, once);
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    SnapshotReader reader = new SnapshotReader(snapshot);
    reader.readAll();
    store = reader.store();
    once = reader.once();
  }
}
