package io.synod.server.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.server.admin.AdminClient;
import io.synod.server.admin.ChangeRequest;
import io.synod.server.cli.CommandFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks for a change and waits for its outcome, however long the node takes, looking now and then
 * at what it waits for: that shows progress, and that the node is still there.
 */
final class ChangeRun {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final AdminClient client;
  private final Duration betweenLooks;
  private final Consumer<String> show;

  ChangeRun(AdminClient client, Duration betweenLooks, Consumer<String> show) {
    this.client = client;
    this.betweenLooks = betweenLooks;
    this.show = show;
  }

  /** The answer once the change is active; fails with the reason if it is refused or unknown. */
  JsonNode run(ChangeRequest request) {
    client.get("/members", LOOK); // whoever cannot be reached now is not asked, which is no doubt
    try {
      return await(client.postLater("/members", request.toJson(), LONGEST));
    } catch (CommandFailed e) {
      throw e.getCause() instanceof IOException ? CommandFailed.failed(e.getMessage()
          + "; it is not known whether the change takes effect: 'synod members list' at any node"
          + " tells", e) : e;
    }
  }

  private JsonNode await(CompletableFuture<JsonNode> answer) {
    long start = System.nanoTime();
    long heard = start;
    while (true) {
      Optional<JsonNode> done = client.within(answer, betweenLooks);
      if (done.isPresent()) {
        return done.get();
      }
      try {
        JsonNode members = client.get("/members", LOOK);
        heard = System.nanoTime();
        show.accept(TimeUnit.NANOSECONDS.toSeconds(heard - start) + " s: "
            + Members.waitingFor(members));
      } catch (CommandFailed e) {
        if (System.nanoTime() - heard > SILENCE.toNanos() && !answer.isDone()) {
          throw e;
        }
      }
    }
  }
}
