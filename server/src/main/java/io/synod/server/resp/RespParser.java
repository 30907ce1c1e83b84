package io.synod.server.resp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds requests in the bytes of one connection: where arguments lie, nothing copied, nothing
 * allocated for what is only announced. It goes on where it stopped, so that bytes arriving one
 * by one cost no more than all at once. A request above the limit is skipped as it arrives and
 * reported once. Netty's own Redis codec makes several objects for each argument and aggregates
 * up to 512 MB before anybody can refuse; hence this one.
 */
final class RespParser {
  /** What {@link #next} found. */
  enum Found {
    /** Arguments are there until {@link #consume}. */
    REQUEST,
    /** A request above the limit went by. */
    TOO_LARGE,
    /** Nothing yet. */
    MORE
  }

  /** Larger than that cannot be skipped in good faith. */
  private static final long LARGEST_SKIPPED = 512L << 20;
  private static final int LARGEST_COUNT = 1 << 20;
  private static final int LONGEST_HEADER = 24;
  private static final int LONGEST_INLINE = 64 << 10;
  private static final int COST_OF_ARGUMENT = 4;
  private static final int TEN = 10;
  private static final int LINE_END = 2;

  private final long limit;
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private int start;
  private int count;
  /** Where to go on, counted from the start of the request. */
  private int at;
  /** Arguments still to come, or -1 between requests. */
  private int missing = -1;
  private long size;
  private boolean skipping;
  private long skip;
  private long bulk = -1;

  RespParser(long limit) {
    this.limit = limit;
  }

  /** Looks for the next request from the reader index on. */
  Found next(ByteBuf in) throws ProtocolException {
    while (true) {
      start = in.readerIndex();
      if (missing < 0 && !startRequest(in)) {
        return Found.MORE;
      }
      if (missing == 0 && count == 0 && !skipping) {
        consume(in);
        continue;
      }
      if (!skipping && !readArguments(in)) {
        return Found.MORE;
      }
      if (!skipping) {
        return Found.REQUEST;
      }
      if (!skipRest(in)) {
        return Found.MORE;
      }
      reset();
      return Found.TOO_LARGE;
    }
  }

  /** Moves on behind the request that was found. */
  void consume(ByteBuf in) {
    in.readerIndex(start + at);
    reset();
  }

  /** Whether the connection is in the middle of a request. */
  boolean inRequest(ByteBuf in) {
    return missing >= 0 || in != null && in.isReadable();
  }

  int count() {
    return count;
  }

  /** The absolute index of an argument. */
  int offset(int index) {
    return start + offsets[index];
  }

  int length(int index) {
    return lengths[index];
  }

  byte[] bytes(ByteBuf in, int index) {
    byte[] copy = new byte[lengths[index]];
    in.getBytes(offset(index), copy);
    return copy;
  }

  private void reset() {
    count = 0;
    at = 0;
    missing = -1;
    size = 0;
    skipping = false;
    bulk = -1;
  }

  private boolean startRequest(ByteBuf in) throws ProtocolException {
    if (!in.isReadable()) {
      return false;
    }
    if (in.getByte(start) != '*') {
      return readInline(in);
    }
    int end = lineEnd(in, "invalid multibulk length");
    if (end < 0) {
      return false;
    }
    long announced = number(in, start + 1, end, "invalid multibulk length");
    if (announced > LARGEST_COUNT) {
      throw new ProtocolException("invalid multibulk length");
    }
    missing = (int) Math.max(0, announced);
    at = end + LINE_END - start;
    return true;
  }

  private boolean readArguments(ByteBuf in) throws ProtocolException {
    while (missing > 0) {
      if (bulk < 0 && !readBulkHeader(in)) {
        return false;
      }
      if (size + bulk + COST_OF_ARGUMENT > limit) {
        in.readerIndex(start + at);
        skipping = true;
        skip = bulk + LINE_END;
        missing--;
        return true;
      }
      if (in.writerIndex() - start - at < bulk + LINE_END) {
        return false;
      }
      add(at, (int) bulk);
      at += (int) bulk;
      requireLineEnd(in, start + at);
      at += LINE_END;
      bulk = -1;
      missing--;
    }
    return true;
  }

  private boolean readBulkHeader(ByteBuf in) throws ProtocolException {
    int from = start + at;
    if (from >= in.writerIndex()) {
      return false;
    }
    byte first = in.getByte(from);
    if (first != '$') {
      throw new ProtocolException("expected '$', got '" + printable(first) + "'");
    }
    int end = lineEnd(in, "invalid bulk length");
    if (end < 0) {
      return false;
    }
    long length = number(in, from + 1, end, "invalid bulk length");
    if (length < 0 || length > LARGEST_SKIPPED) {
      throw new ProtocolException("invalid bulk length");
    }
    bulk = length;
    at = end + LINE_END - start;
    return true;
  }

  private boolean skipRest(ByteBuf in) throws ProtocolException {
    while (true) {
      int gone = (int) Math.min(skip, in.readableBytes());
      in.skipBytes(gone);
      skip -= gone;
      if (skip > 0) {
        return false;
      }
      if (missing == 0) {
        return true;
      }
      start = in.readerIndex();
      at = 0;
      if (!readBulkHeader(in)) {
        return false;
      }
      in.readerIndex(start + at);
      skip = bulk + LINE_END;
      missing--;
    }
  }

  /** The index of the CR that ends the line from {@code at} on, or -1 if it is not there yet. */
  private int lineEnd(ByteBuf in, String error) throws ProtocolException {
    int from = start + at;
    int to = Math.min(in.writerIndex(), from + LONGEST_HEADER);
    int end = in.indexOf(from, to, (byte) '\n');
    if (end < 0) {
      if (to - from == LONGEST_HEADER) {
        throw new ProtocolException(error);
      }
      return -1;
    }
    if (end == from || in.getByte(end - 1) != '\r') {
      throw new ProtocolException(error);
    }
    return end - 1;
  }

  private static void requireLineEnd(ByteBuf in, int index) throws ProtocolException {
    if (in.getByte(index) != '\r' || in.getByte(index + 1) != '\n') {
      throw new ProtocolException("a bulk string does not end where announced");
    }
  }

  private static long number(ByteBuf in, int from, int to, String error)
      throws ProtocolException {
    boolean negative = from < to && in.getByte(from) == '-';
    long value = 0;
    int first = negative ? from + 1 : from;
    if (first == to) {
      throw new ProtocolException(error);
    }
    for (int i = first; i < to; i++) {
      int digit = in.getByte(i) - '0';
      if (digit < 0 || digit >= TEN || value > Integer.MAX_VALUE) {
        throw new ProtocolException(error);
      }
      value = value * TEN + digit;
    }
    return negative ? -value : value;
  }

  private void add(int offset, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    offsets[count] = offset;
    lengths[count] = length;
    count++;
    size += length + COST_OF_ARGUMENT;
  }

  /** A line of words as typed by a person; words may stand in quotes. */
  private boolean readInline(ByteBuf in) throws ProtocolException {
    int to = Math.min(in.writerIndex(), start + LONGEST_INLINE);
    int end = in.indexOf(start + at, to, (byte) '\n');
    if (end < 0) {
      if (to - start == LONGEST_INLINE) {
        throw new ProtocolException("too big inline request");
      }
      at = to - start;
      return false;
    }
    int last = end > start && in.getByte(end - 1) == '\r' ? end - 1 : end;
    splitWords(in, last);
    at = end + 1 - start;
    missing = 0;
    return true;
  }

  private void splitWords(ByteBuf in, int end) throws ProtocolException {
    int i = start;
    while (i < end) {
      byte c = in.getByte(i);
      if (c == ' ' || c == '\t') {
        i++;
      } else if (c == '"' || c == '\'') {
        int close = in.indexOf(i + 1, end, c);
        if (close < 0 || close + 1 < end && in.getByte(close + 1) != ' ') {
          throw new ProtocolException("unbalanced quotes in request");
        }
        add(i + 1 - start, close - i - 1);
        i = close + 1;
      } else {
        int space = in.indexOf(i, end, (byte) ' ');
        int next = space < 0 ? end : space;
        add(i - start, next - i);
        i = next;
      }
    }
  }

  private static String printable(byte c) {
    return c > ' ' && c < Byte.MAX_VALUE ? String.valueOf((char) c) : "byte " + (c & 0xff);
  }
}
