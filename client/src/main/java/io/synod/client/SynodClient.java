package io.synod.client;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.transport.ClientTransport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Talks to a cluster from outside, through whichever of its nodes is within reach. Commands take
 * effect at most once, in the order in which one thread submits them, across retries, lost
 * connections and changes of leader. Any thread may call; many calls may be outstanding.
 *
 * <p>Stages complete normally, always, and say what may be concluded:
 * <ul>
 *   <li>{@code Applied}: it took effect exactly once; here is the result;
 *   <li>{@code Rejected}: it did not and will not take effect;
 *   <li>{@code Indeterminate}: it was sent and no answer came within the request timeout, or its
 *       session expired: it may have taken effect or may do so later. After a timeout the client
 *       goes on with it in the background, because later commands come after it; it still counts
 *       as outstanding.
 * </ul>
 *
 * <p>They complete on the executor that the client was built with, by default the common pool,
 * many in one task; never on a thread of the network. Stages of different tasks may complete in
 * another order than that of their submission. With {@code Runnable::run} they complete on the
 * client's own thread, which is fastest and must then never be blocked.
 */
public final class SynodClient implements AutoCloseable {
  private final ClientLoop loop;
  private final ClientTransport ownTransport;
  private final Budget budget;
  private final long requestNanos;
  private final long closeNanos;
  private final long commandBytes;
  private final boolean waitWhenFull;

  SynodClient(
      ClientLoop loop, ClientTransport ownTransport, Budget budget, Settings settings) {
    this.loop = loop;
    this.ownTransport = ownTransport;
    this.budget = budget;
    this.requestNanos = settings.nanos(ClientSettings.REQUEST_TIMEOUT);
    this.closeNanos = settings.nanos(ClientSettings.CLOSE_TIMEOUT);
    this.commandBytes = settings.get(ClientSettings.COMMAND_BYTES);
    this.waitWhenFull = "wait".equals(settings.get(ClientSettings.WHEN_FULL));
  }

  /** A client of that cluster, with its nodes yet to be named. */
  public static SynodClientBuilder builder(String cluster) {
    return new SynodClientBuilder(cluster);
  }

  /**
   * Submits a command. Never blocks, except for room if {@code synod.client.when-full = wait}.
   * The array must not be written to afterwards.
   */
  public CompletionStage<Outcome> submit(byte[] command) {
    if (command.length > commandBytes) {
      return rejected(Outcome.Rejected.Reason.TOO_LARGE, command.length
          + " bytes are more than synod.client.command-bytes = " + commandBytes);
    }
    if (!reserve(command.length)) {
      return rejected(Outcome.Rejected.Reason.OVERLOADED, "too much is outstanding: see "
          + "synod.client.outstanding and synod.client.outstanding-bytes");
    }
    PendingCommand pending = new PendingCommand(command, System.nanoTime() + requestNanos);
    if (!loop.offer(pending)) {
      budget.release(1, command.length);
      return rejected(Outcome.Rejected.Reason.CLOSED, ClientCore.CLOSED);
    }
    return pending.stage();
  }

  /** Reads; {@code minIndex} counts for {@link ReadMode#STALE} only. Blocks like a submit. */
  public CompletionStage<ReadOutcome> read(ReadMode mode, InstanceId minIndex, byte[] query) {
    if (query.length > commandBytes) {
      return unavailable(query.length + " bytes are more than synod.client.command-bytes = "
          + commandBytes);
    }
    if (!reserve(query.length)) {
      return unavailable("too much is outstanding: see synod.client.outstanding and "
          + "synod.client.outstanding-bytes");
    }
    PendingRead pending =
        new PendingRead(mode, minIndex, query, System.nanoTime() + requestNanos);
    if (!loop.offer(pending)) {
      budget.release(1, query.length);
      return unavailable(ClientCore.CLOSED);
    }
    return pending.stage();
  }

  /** A linearizable read. */
  public CompletionStage<ReadOutcome> read(byte[] query) {
    return read(ReadMode.LINEARIZABLE, InstanceId.NONE, query);
  }

  /** Commands and reads that take up room, those that go on after their timeout included. */
  public int outstanding() {
    return budget.count();
  }

  /**
   * Takes nothing new, waits for what is outstanding for up to {@code
   * synod.client.close-timeout}, then ends the rest as indeterminate, or as rejected if it was
   * never sent. Blocks until done; idempotent.
   */
  @Override
  public void close() {
    loop.close(closeNanos);
    if (ownTransport != null) {
      ownTransport.close();
    }
  }

  private boolean reserve(int bytes) {
    return waitWhenFull ? budget.reserve(bytes, requestNanos) : budget.tryReserve(bytes);
  }

  private static CompletionStage<Outcome> rejected(
      Outcome.Rejected.Reason reason, String detail) {
    return CompletableFuture.completedStage(new Outcome.Rejected(reason, detail));
  }

  private static CompletionStage<ReadOutcome> unavailable(String detail) {
    return CompletableFuture.completedStage(new ReadOutcome.Unavailable(detail));
  }

  /** Puts the parts together and starts to connect. */
  static SynodClient start(SynodClientBuilder from, ClientTransport transport, boolean own) {
    Settings settings = from.settings();
    Budget budget = new Budget(settings.get(ClientSettings.OUTSTANDING),
        settings.get(ClientSettings.OUTSTANDING_BYTES));
    ClientLoop loop = new ClientLoop(transport, "synod-client-" + from.cluster());
    Executor executor = from.executor();
    ClientCore core = new ClientCore(List.copyOf(from.nodes()), loop, Limits.of(settings),
        from.random(), new Completions(executor, budget));
    loop.start(core);
    return new SynodClient(loop, own ? transport : null, budget, settings);
  }
}
