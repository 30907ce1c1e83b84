package io.synod.server.resp;

import io.netty.buffer.ByteBuf;
import io.synod.api.model.InstanceId;
import io.synod.api.node.Node;
import io.synod.api.replication.ReadMode;
import io.synod.server.kv.KvCodec;
import io.synod.server.kv.Op;
import io.synod.server.kv.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one connection asks of the node, in its order: writes through the log, runs of reads as one
 * query, reads behind unanswered writes through the log too, writes behind unanswered reads held
 * back. Event loop only.
 */
final class RespSession {
  private static final int READS_TOGETHER = 256;
  private static final int SHOWN = 128;

  private final RespConnection connection;
  private final Node node;
  private final RespConfig config;
  private final LocalCommands locals;
  private final List<byte[]> reads = new ArrayList<>();
  private Slot readSlot;
  private List<byte[]> queued;
  private long queuedBytes;
  private boolean spoiled;
  private boolean allowed;
  private boolean resp3;
  private boolean nextResp3;
  private ReadMode mode = ReadMode.LINEARIZABLE;
  private InstanceId seen = InstanceId.NONE;
  private long now;

  RespSession(RespConnection connection, Node node, RespConfig config, long id) {
    this.connection = connection;
    this.node = node;
    this.config = config;
    this.locals = new LocalCommands(this, node, config, id);
    this.allowed = config.password().length == 0;
  }

  void startBatch(long nanos) {
    now = nanos;
  }

  /** No more requests for now: asks what was gathered. */
  void endBatch() {
    flushReads();
  }

  /** A reply of that index was sent: a stale read must not show less. */
  void saw(InstanceId index) {
    seen = InstanceId.max(seen, index);
  }

  /** Takes one request; false if it has to wait for the reads before it. */
  boolean handle(RespParser parser, ByteBuf in) {
    Command command = Command.find(in, parser.offset(0), parser.length(0));
    String error = error(command, parser, in);
    if (error != null) {
      spoiled = queued != null;
      local().complete(Reply.error(error));
      return true;
    }
    if (queued != null && !locals.endsOrNests(command)) {
      queue(command, parser, in);
      return true;
    }
    if (command.writes() && (connection.hasUnansweredReads() || readSlot != null)) {
      flushReads();
      return false;
    }
    if (command.op() != null) {
      data(command.op(), parser, in);
    } else {
      locals.run(command.local(), parser, in);
    }
    return true;
  }

  private String error(Command command, RespParser parser, ByteBuf in) {
    if (command == null) {
      return "ERR unknown command '" + shown(parser, in, 0) + "', with args beginning with: "
          + (parser.count() > 1 ? "'" + shown(parser, in, 1) + "' " : "");
    }
    if (!command.takes(parser.count() - 1)) {
      return "ERR wrong number of arguments for '"
          + command.name().toLowerCase(Locale.ROOT) + "' command";
    }
    boolean open = command.local() == Command.Local.AUTH || command.local() == Command.Local.HELLO
        || command.local() == Command.Local.QUIT;
    return allowed || open ? null : "NOAUTH Authentication required.";
  }

  private static String shown(RespParser parser, ByteBuf in, int index) {
    int length = Math.min(parser.length(index), SHOWN);
    return in.toString(parser.offset(index), length, StandardCharsets.ISO_8859_1);
  }

  private void data(Op op, RespParser parser, ByteBuf in) {
    byte[] encoded = encode(op, parser, in, 0);
    if (op.kind() == Op.Kind.WRITE || connection.hasUnansweredWrites()) {
      submit(encoded, op.kind() == Op.Kind.WRITE);
      return;
    }
    if (readSlot == null) {
      readSlot = slot(Slot.Kind.READ, false);
    } else {
      connection.addToLast(readSlot);
    }
    reads.add(encoded);
    if (reads.size() == READS_TOGETHER) {
      flushReads();
    }
  }

  private void flushReads() {
    if (readSlot == null) {
      return;
    }
    byte[] query = reads.size() == 1 ? reads.get(0)
        : KvCodec.encode(Op.READS, reads.toArray(new byte[0][]));
    Slot slot = readSlot;
    readSlot = null;
    reads.clear();
    node.read(mode, seen, query).whenComplete(slot::read);
  }

  /** Sends a command through the log. */
  void submit(byte[] command, boolean writes) {
    node.submit(command).whenComplete(slot(Slot.Kind.LOGGED, writes)::submitted);
  }

  private Slot slot(Slot.Kind kind, boolean writes) {
    Slot slot = new Slot(connection, kind, writes, resp3, now);
    connection.add(slot);
    return slot;
  }

  /** A place for an answer that comes from here. */
  Slot local() {
    flushReads();
    resp3 = nextResp3;
    return slot(Slot.Kind.LOCAL, false);
  }

  /** A request above the limit went by. */
  void tooLarge() {
    spoiled = queued != null;
    local().complete(Reply.error("ERR request too large: the limit is " + config.maxRequest()
        + " bytes (synod.resp.max-request); nothing was done"));
  }

  /** Encodes the command named by argument {@code name} with those after it. */
  static byte[] encode(Op op, RespParser parser, ByteBuf in, int name) {
    int arguments = parser.count() - name - 1;
    int size = 1 + KvCodec.varintSize(arguments);
    for (int i = name + 1; i < parser.count(); i++) {
      size += KvCodec.varintSize(parser.length(i)) + parser.length(i);
    }
    byte[] encoded = new byte[size];
    int at = KvCodec.start(encoded, op, arguments);
    for (int i = name + 1; i < parser.count(); i++) {
      at = KvCodec.putVarint(encoded, at, parser.length(i));
      in.getBytes(parser.offset(i), encoded, at, parser.length(i));
      at += parser.length(i);
    }
    return encoded;
  }

  private void queue(Command command, RespParser parser, ByteBuf in) {
    if (command.op() == null) {
      spoiled = true;
      local().complete(Reply.error("ERR " + command.name() + " is not allowed in MULTI"));
      return;
    }
    byte[] encoded = encode(command.op(), parser, in, 0);
    queuedBytes += encoded.length + Integer.BYTES;
    if (queuedBytes > config.maxRequest()) {
      tooLarge();
      return;
    }
    queued.add(encoded);
    local().complete(Reply.queued());
  }

  void multi() {
    if (queued != null) {
      local().complete(Reply.error("ERR MULTI calls can not be nested"));
      return;
    }
    queued = new ArrayList<>();
    queuedBytes = 0;
    spoiled = false;
    local().complete(Reply.ok());
  }

  void exec() {
    if (queued == null) {
      local().complete(Reply.error("ERR EXEC without MULTI"));
      return;
    }
    byte[] command = KvCodec.encode(Op.MULTI, queued.toArray(new byte[0][]));
    queued = null;
    if (spoiled) {
      local().complete(Reply.error(
          "EXECABORT Transaction discarded because of previous errors."));
    } else {
      submit(command, true);
    }
  }

  void discard() {
    boolean open = queued != null;
    queued = null;
    local().complete(open ? Reply.ok() : Reply.error("ERR DISCARD without MULTI"));
  }

  void readMode(ReadMode chosen) {
    mode = chosen;
  }

  void allow() {
    allowed = true;
  }

  boolean isAllowed() {
    return allowed;
  }

  /** From the next reply on. */
  void speak(boolean three) {
    nextResp3 = three;
  }

  boolean speaksThree() {
    return nextResp3;
  }

  void quit() {
    local().complete(Reply.ok());
    connection.closeWhenAnswered();
  }
}
