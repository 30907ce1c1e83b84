package io.synod.integration;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.commands.ProtocolCommand;

/** Commands that Jedis does not know. */
final class Once {
  private Once() {}

  static ProtocolCommand command(String name) {
    return () -> name.getBytes(StandardCharsets.US_ASCII);
  }

  /** A write that may be retried at any node and takes effect once; returns an integer. */
  static long incr(Jedis redis, String client, long sequence, String key) {
    return (Long) redis.sendCommand(
        command("ONCE"), client, Long.toString(sequence), "INCR", key);
  }
}
