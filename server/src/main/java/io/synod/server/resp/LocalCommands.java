package io.synod.server.resp;

import io.netty.buffer.ByteBuf;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.replication.ReadMode;
import io.synod.server.kv.KvCodec;
import io.synod.server.kv.Op;
import io.synod.server.kv.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The commands of a connection itself. Event loop only. */
final class LocalCommands {
  private static final String NO_PASSWORD = "ERR AUTH called without any password configured:"
      + " set synod.resp.password to ask for one";
  private static final int ONCE_COMMAND = 3;

  private final RespSession session;
  private final Node node;
  private final RespConfig config;
  private final long id;
  private byte[] clientName = new byte[0];

  LocalCommands(RespSession session, Node node, RespConfig config, long id) {
    this.session = session;
    this.node = node;
    this.config = config;
    this.id = id;
  }

  /** Whether the command is run rather than queued between MULTI and EXEC. */
  boolean endsOrNests(Command command) {
    return command.local() == Command.Local.EXEC || command.local() == Command.Local.DISCARD
        || command.local() == Command.Local.MULTI || command.local() == Command.Local.QUIT;
  }

  void run(Command.Local command, RespParser parser, ByteBuf in) {
    switch (command) {
      case MULTI -> session.multi();
      case EXEC -> session.exec();
      case DISCARD -> session.discard();
      case ONCE -> once(parser, in);
      case QUIT -> session.quit();
      case INFO -> info();
      default -> {
        byte[] reply = reply(command, parser, in);
        session.local().complete(reply);
      }
    }
  }

  private byte[] reply(Command.Local command, RespParser parser, ByteBuf in) {
    return switch (command) {
      case PING -> parser.count() == 1 ? Reply.simple("PONG") : Reply.bulk(parser.bytes(in, 1));
      case ECHO -> Reply.bulk(parser.bytes(in, 1));
      case AUTH -> auth(parser.bytes(in, parser.count() - 1));
      case HELLO -> hello(parser, in);
      case SELECT -> "0".equals(text(parser, in, 1)) ? Reply.ok()
          : Reply.error("ERR DB index is out of range: there is database 0 only");
      case READMODE -> readMode(word(parser, in, 1));
      case COMMAND -> command(parser, in);
      case CONFIG -> config(parser, in);
      case CLIENT -> client(parser, in);
      default -> throw new IllegalStateException("no answer to " + command);
    };
  }

  private static String text(RespParser parser, ByteBuf in, int index) {
    return new String(parser.bytes(in, index), StandardCharsets.UTF_8);
  }

  private static String word(RespParser parser, ByteBuf in, int index) {
    return text(parser, in, index).toUpperCase(Locale.ROOT);
  }

  private byte[] auth(byte[] password) {
    if (config.password().length == 0) {
      return Reply.error(NO_PASSWORD);
    }
    if (!MessageDigest.isEqual(password, config.password())) {
      return Reply.error("WRONGPASS invalid username-password pair or user is disabled.");
    }
    session.allow();
    return Reply.ok();
  }

  /** {@code HELLO [2|3 [AUTH user password] [SETNAME name]]}. */
  private byte[] hello(RespParser parser, ByteBuf in) {
    String version = parser.count() == 1 ? "" : text(parser, in, 1);
    if (!List.of("", "2", "3").contains(version)) {
      return Reply.error("NOPROTO unsupported protocol version");
    }
    int i = 2;
    while (i < parser.count()) {
      String option = word(parser, in, i);
      if (option.equals("AUTH") && i + 2 < parser.count()) {
        byte[] answer = auth(parser.bytes(in, i + 2));
        if (answer[0] == '-') {
          return answer;
        }
        i += 3;
      } else if (option.equals("SETNAME") && i + 1 < parser.count()) {
        clientName = parser.bytes(in, i + 1);
        i += 2;
      } else {
        return Reply.error("ERR Syntax error in HELLO option '" + option + "'");
      }
    }
    if (!session.isAllowed()) {
      return Reply.error("NOAUTH HELLO must be called with the client already authenticated,"
          + " or with the AUTH option");
    }
    if (!version.isEmpty()) {
      session.speak(version.equals("3"));
    }
    return greeting(session.speaksThree());
  }

  private byte[] greeting(boolean three) {
    List<byte[]> parts = new ArrayList<>(List.of(
        Reply.bulk("server"), Reply.bulk("synod"), Reply.bulk("version"), Reply.bulk("7.0.0"),
        Reply.bulk("proto"), Reply.integer(three ? 3 : 2), Reply.bulk("id"), Reply.integer(id),
        Reply.bulk("mode"), Reply.bulk("standalone"), Reply.bulk("role"), Reply.bulk("master"),
        Reply.bulk("modules"), Reply.array(List.of())));
    return three ? map(parts) : Reply.array(parts);
  }

  /** An array of keys and values as a map of RESP3. */
  private static byte[] map(List<byte[]> parts) {
    byte[] array = Reply.array(parts);
    byte[] head = ("%" + parts.size() / 2 + "\r\n").getBytes(StandardCharsets.US_ASCII);
    int from = ("*" + parts.size() + "\r\n").length();
    byte[] map = new byte[head.length + array.length - from];
    System.arraycopy(head, 0, map, 0, head.length);
    System.arraycopy(array, from, map, head.length, array.length - from);
    return map;
  }

  private byte[] readMode(String mode) {
    switch (mode) {
      case "LINEARIZABLE" -> session.readMode(ReadMode.LINEARIZABLE);
      case "STALE" -> session.readMode(ReadMode.STALE);
      case "LEASE" -> session.readMode(ReadMode.LEASE);
      case "FOLLOWER" -> session.readMode(ReadMode.FOLLOWER);
      default -> {
        return Reply.error("ERR READMODE is linearizable, follower, lease or stale");
      }
    }
    return Reply.ok();
  }

  private static byte[] command(RespParser parser, ByteBuf in) {
    String sub = parser.count() == 1 ? "" : word(parser, in, 1);
    return switch (sub) {
      case "" -> Reply.array(Command.list().stream().map(LocalCommands::describe).toList());
      case "COUNT" -> Reply.integer(Command.list().size());
      case "LIST" -> Reply.array(
          Command.list().stream().map(c -> Reply.bulk(c.name().toLowerCase(Locale.ROOT))).toList());
      case "DOCS" -> Reply.array(List.of());
      case "INFO" -> commandInfo(parser, in);
      default -> Reply.error("ERR unknown subcommand '" + sub + "' of COMMAND");
    };
  }

  private static byte[] commandInfo(RespParser parser, ByteBuf in) {
    List<byte[]> found = new ArrayList<>();
    for (int i = 2; i < parser.count(); i++) {
      Command command = Command.find(in, parser.offset(i), parser.length(i));
      found.add(command == null ? Reply.nil() : describe(command));
    }
    return Reply.array(found);
  }

  /** Name, arity, flags, first key, last key, step: as Redis describes a command. */
  private static byte[] describe(Command command) {
    boolean keyed = command.op() != null && !List.of(Op.KEYS, Op.SCAN, Op.DBSIZE, Op.FLUSHALL)
        .contains(command.op());
    boolean many = List.of("DEL", "EXISTS", "MGET", "MSET").contains(command.name());
    return Reply.array(List.of(
        Reply.bulk(command.name().toLowerCase(Locale.ROOT)), Reply.integer(command.arity()),
        Reply.array(List.of(Reply.simple(command.writes() ? "write" : "readonly"))),
        Reply.integer(keyed ? 1 : 0), Reply.integer(!keyed ? 0 : many ? -1 : 1),
        Reply.integer(!keyed ? 0 : command.op() == Op.MSET ? 2 : 1)));
  }

  /** Enough for redis-benchmark, which asks how durable the server is. */
  private static byte[] config(RespParser parser, ByteBuf in) {
    if (parser.count() < 3 || !"GET".equals(word(parser, in, 1))) {
      return Reply.error("ERR CONFIG GET only: keys are set in the server's configuration file");
    }
    String key = text(parser, in, 2);
    return switch (key) {
      case "save" -> Reply.array(List.of(Reply.bulk(key), Reply.bulk("")));
      case "appendonly" -> Reply.array(List.of(Reply.bulk(key), Reply.bulk("yes")));
      default -> Reply.array(List.of());
    };
  }

  private byte[] client(RespParser parser, ByteBuf in) {
    switch (word(parser, in, 1)) {
      case "ID" -> {
        return Reply.integer(id);
      }
      case "GETNAME" -> {
        return Reply.bulk(clientName);
      }
      case "SETNAME" -> {
        if (parser.count() == 3) {
          clientName = parser.bytes(in, 2);
          return Reply.ok();
        }
        return Reply.error("ERR wrong number of arguments for 'client|setname' command");
      }
      case "SETINFO" -> {
        return Reply.ok();
      }
      default -> {
        return Reply.error("ERR unknown subcommand of CLIENT: ID, GETNAME, SETNAME, SETINFO");
      }
    }
  }

  /** {@code ONCE client seq command…}. */
  private void once(RespParser parser, ByteBuf in) {
    Command inner = Command.find(
        in, parser.offset(ONCE_COMMAND), parser.length(ONCE_COMMAND));
    if (inner == null || inner.op() == null) {
      session.local().complete(Reply.error("ERR ONCE takes a command on data"));
    } else if (!inner.takes(parser.count() - ONCE_COMMAND - 1)) {
      session.local().complete(Reply.error(
          "ERR wrong number of arguments for '" + inner.op().lower() + "' command"));
    } else {
      byte[] nested = RespSession.encode(inner.op(), parser, in, ONCE_COMMAND);
      session.submit(
          KvCodec.encode(Op.ONCE, parser.bytes(in, 1), parser.bytes(in, 2), nested), true);
    }
  }

  private void info() {
    Slot slot = session.local();
    node.status().whenComplete((status, failure) -> slot.complete(status == null
        ? Reply.error("UNAVAILABLE no status: " + failure) : Reply.bulk(describe(status))));
  }

  private static String describe(NodeStatus status) {
    return String.join("\r\n",
        "# Server", "redis_version:7.0.0", "redis_mode:standalone", "synod_node:" + status.node(),
        "", "# Replication", "role:" + (status.leading() ? "master" : "slave"),
        "synod_leader:" + status.leader().map(Object::toString).orElse(""),
        "synod_ballot:" + status.promised(), "synod_era:" + status.era(),
        "synod_decided:" + status.decided(), "synod_applied:" + status.applied(),
        "synod_waiting:" + status.waiting(), "");
  }
}
