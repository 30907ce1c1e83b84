package io.synod.server.resp;

import io.netty.buffer.ByteBuf;
import io.synod.server.kv.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of the RESP port: one of the machine's operations, or one of the connection.
 *
 * @param op the operation, or null
 * @param local the connection's command, or null
 */
record Command(String name, Op op, Local local) {
  /** The commands that a connection answers without the machine, or gathers for it. */
  enum Local {
    PING(0, 1), ECHO(1, 1), HELLO(0, 6), AUTH(1, 2), SELECT(1, 1), COMMAND(0, Integer.MAX_VALUE),
    INFO(0, Integer.MAX_VALUE), CONFIG(1, Integer.MAX_VALUE), CLIENT(1, Integer.MAX_VALUE),
    QUIT(0, 0), READMODE(1, 1), MULTI(0, 0), EXEC(0, 0), DISCARD(0, 0),
    ONCE(3, Integer.MAX_VALUE);

    private final int least;
    private final int most;

    Local(int least, int most) {
      this.least = least;
      this.most = most;
    }
  }

  private static final int SLOTS = 256;
  private static final int PRIME = 31;
  private static final int CASE = 'a' - 'A';
  private static final List<Command> ALL = all();
  private static final Command[] TABLE = table();

  static List<Command> list() {
    return ALL;
  }

  /** The command named by an argument, in upper or lower case; null if there is none. */
  static Command find(ByteBuf in, int offset, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = hash * PRIME + upper(in.getByte(offset + i));
    }
    int slot = hash & SLOTS - 1;
    while (TABLE[slot] != null) {
      if (TABLE[slot].isNamed(in, offset, length)) {
        return TABLE[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return null;
  }

  private boolean isNamed(ByteBuf in, int offset, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (upper(in.getByte(offset + i)) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int upper(byte c) {
    return c >= 'a' && c <= 'z' ? c - CASE : c;
  }

  /** Whether that many arguments, the name not counted, are acceptable. */
  boolean takes(int arguments) {
    return op != null ? op.takes(arguments)
        : arguments >= local.least && arguments <= local.most;
  }

  int arity() {
    if (op != null) {
      return op.arity();
    }
    return local.least == local.most ? local.least + 1 : -(local.least + 1);
  }

  boolean writes() {
    return op != null ? op.kind() == Op.Kind.WRITE : local == Local.EXEC || local == Local.ONCE;
  }

  private static List<Command> all() {
    List<Command> commands = new ArrayList<>();
    for (Op op : Op.values()) {
      if (op.kind() != Op.Kind.INTERNAL) {
        commands.add(new Command(op.name(), op, null));
      }
    }
    for (Local local : Local.values()) {
      commands.add(new Command(local.name(), null, local));
    }
    return List.copyOf(commands);
  }

  private static Command[] table() {
    Command[] table = new Command[SLOTS];
    for (Command command : ALL) {
      int slot = command.name.hashCode() & SLOTS - 1;
      while (table[slot] != null) {
        slot = slot + 1 & SLOTS - 1;
      }
      table[slot] = command;
    }
    return table;
  }
}
