package io.synod.server.resp;

import java.io.ByteArrayOutputStream;

/** RESP2 replies as RESP3: the one difference that matters here is how "nothing" is written. */
final class Resp3 {
  private static final byte[] NULL = {'_', '\r', '\n'};
  private static final int TEN = 10;
  private static final int LINE_END = 2;

  private Resp3() {}

  /** Writes null as {@code _}; walks over bulk strings by their lengths. */
  static byte[] convert(byte[] replies) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(replies.length);
    int at = 0;
    while (at < replies.length) {
      int next = lineAfter(replies, at);
      byte type = replies[at];
      if ((type == '$' || type == '*') && replies[at + 1] == '-') {
        out.writeBytes(NULL);
      } else {
        int end = type == '$' ? next + length(replies, at + 1) + LINE_END : next;
        out.write(replies, at, end - at);
        next = end;
      }
      at = next;
    }
    return out.toByteArray();
  }

  private static int lineAfter(byte[] replies, int from) {
    int at = from;
    while (replies[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private static int length(byte[] replies, int from) {
    int value = 0;
    for (int at = from; replies[at] != '\r'; at++) {
      value = value * TEN + replies[at] - '0';
    }
    return value;
  }
}
