package io.synod.server;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.util.List;

/** The keys of the server: its RESP port and its admin port. */
public final class ServerSettings {
  /** Where Redis clients connect. */
  public static final Setting<String> RESP_LISTEN = Setting.text("synod.resp.listen",
      "127.0.0.1:6371", "host:port for Redis clients; empty: no such port");
  /** Threads that serve Redis clients. */
  public static final Setting<Integer> RESP_THREADS = Setting.integer("synod.resp.threads",
      1, 1, 64, "threads that read and write the connections of Redis clients");
  /** Connections of Redis clients. */
  public static final Setting<Integer> RESP_MAX_CONNECTIONS = Setting.integer(
      "synod.resp.max-connections", 4096, 1, 1_000_000,
      "Redis clients connected at once; more are refused with an error");
  /** Bytes of one request. */
  public static final Setting<Long> RESP_MAX_REQUEST = Setting.bytes("synod.resp.max-request",
      1L << 20, 1L << 10, 64L << 20,
      "largest request of a Redis client in bytes; a larger one is skipped and refused");
  /** Unanswered requests of one connection. */
  public static final Setting<Integer> RESP_MAX_OUTSTANDING = Setting.integer(
      "synod.resp.max-outstanding", 4096, 1, 1_000_000,
      "unanswered requests of one connection before no more are read from it");
  /** Unsent replies of one connection. */
  public static final Setting<Long> RESP_MAX_OUTPUT = Setting.bytes("synod.resp.max-output",
      64L << 20, 64L << 10, 1L << 30,
      "bytes of replies that a client has not fetched before its connection is cut");
  /** How long a request may go unanswered. */
  public static final Setting<Duration> RESP_TIMEOUT = Setting.duration("synod.resp.timeout",
      Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(10),
      "time after which a request without an answer gets -TIMEOUT or -UNAVAILABLE");
  /** How long a client may dawdle. */
  public static final Setting<Duration> RESP_STALL_TIMEOUT = Setting.duration(
      "synod.resp.stall-timeout", Duration.ofSeconds(30), Duration.ofMillis(100),
      Duration.ofHours(1),
      "time for sending the rest of a request, or fetching replies, before a client is cut");
  /** How long a client may be silent. */
  public static final Setting<Duration> RESP_IDLE_TIMEOUT = Setting.duration(
      "synod.resp.idle-timeout", Duration.ofHours(1), Duration.ofMillis(100), Duration.ofDays(30),
      "time without any request after which a Redis client's connection is closed");
  /** What AUTH asks for. */
  public static final Setting<String> RESP_PASSWORD = Setting.text("synod.resp.password", "",
      "password that Redis clients give with AUTH or HELLO; empty: none is asked for");
  /** Where the HTTP endpoints are. */
  public static final Setting<String> ADMIN_LISTEN = Setting.text("synod.admin.listen",
      "127.0.0.1:8371",
      "host:port for status, probes, snapshots and members over HTTP; empty: none");
  /** Connections of admin clients. */
  public static final Setting<Integer> ADMIN_MAX_CONNECTIONS = Setting.integer(
      "synod.admin.max-connections", 64, 1, 10_000, "HTTP connections open at once");
  /** How long an admin client may dawdle. */
  public static final Setting<Duration> ADMIN_STALL_TIMEOUT = Setting.duration(
      "synod.admin.stall-timeout", Duration.ofSeconds(30), Duration.ofMillis(100),
      Duration.ofHours(1),
      "time for sending a whole HTTP request, and again for fetching its answer, before a client"
          + " is cut");

  private ServerSettings() {}

  /** All of them, for the check of a configuration and the table of keys. */
  public static List<Setting<?>> all() {
    return List.of(RESP_LISTEN, RESP_THREADS, RESP_MAX_CONNECTIONS, RESP_MAX_REQUEST,
        RESP_MAX_OUTSTANDING, RESP_MAX_OUTPUT, RESP_TIMEOUT, RESP_STALL_TIMEOUT,
        RESP_IDLE_TIMEOUT, RESP_PASSWORD, ADMIN_LISTEN, ADMIN_MAX_CONNECTIONS,
        ADMIN_STALL_TIMEOUT);
  }
}
