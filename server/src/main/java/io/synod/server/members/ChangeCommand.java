package io.synod.server.members;

import io.synod.api.membership.Change;
import io.synod.api.membership.Seat;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.NodeId;
import io.synod.server.cli.CommandFailed;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One kind of change in words: below {@code members} it is made, below {@code plan} planned. */
@Command(sortOptions = false, mixinStandardHelpOptions = true)
abstract class ChangeCommand implements Callable<Integer> {
  /** What becomes of the change that was named. */
  interface Taker {
    /** Blocks until done; the exit code. */
    int take(Change change);
  }

  @ParentCommand
  private Taker parent;

  @Override
  public Integer call() {
    return parent.take(change());
  }

  /** What the words say; wrong usage names the word at fault. */
  abstract Change change();

  static <T> T parse(String what, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage(what + ": " + e.getMessage(), e);
    }
  }

  private static Seat seat(String text) {
    return parse("ID@H:P", text, Seat::parse);
  }

  private static NodeId id(String text) {
    return parse("ID", text, NodeId::of);
  }

  /** {@code add ID@H:P}. */
  @Command(name = "add", description = {"A node becomes a member, once it has caught up.",
      "'=learner' behind the address: it learns but does not vote."},
      footer = {"", "Example: ${COMMAND-FULL-NAME} --server 127.0.0.1:8371 n4@127.0.0.1:7374"})
  static final class Add extends ChangeCommand {
    @Parameters(paramLabel = "ID@H:P", description = "its id and its replication address")
    private String seat;

    @Override
    Change change() {
      return new Change.Add(seat(seat));
    }
  }

  /** {@code remove ID}. */
  @Command(name = "remove", description = "A member leaves.",
      footer = {"", "Example: ${COMMAND-FULL-NAME} --server 127.0.0.1:8371 n1"})
  static final class Remove extends ChangeCommand {
    @Parameters(paramLabel = "ID", description = "who leaves")
    private String id;

    @Override
    Change change() {
      return new Change.Remove(id(id));
    }
  }

  /** {@code replace OLD ID@H:P}. */
  @Command(name = "replace", description = {"A node takes the place of a member, in one step.",
      "With the member's own id: it has lost its disk, or has another address."},
      footer = {"", "Example: ${COMMAND-FULL-NAME} --server 127.0.0.1:8371 n2 n4@127.0.0.1:7374"})
  static final class Replace extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "OLD", description = "who leaves")
    private String old;
    @Parameters(index = "1", paramLabel = "ID@H:P",
        description = "who comes: id and replication address")
    private String seat;

    @Override
    Change change() {
      return new Change.Replace(id(old), seat(seat));
    }
  }

  /** {@code set ID@H:P,…}. */
  @Command(name = "set", description = "These nodes and no others are members, in one step.",
      footer = {"", "Example: ${COMMAND-FULL-NAME} --server 127.0.0.1:8371"
          + " n4@127.0.0.1:7374,n5@127.0.0.1:7375,n6@127.0.0.1:7376"})
  static final class Set extends ChangeCommand {
    @Parameters(paramLabel = "ID@H:P,…", description = "ids and replication addresses")
    private String seats;
    @Option(names = "--quorum", paramLabel = "SPEC", description = "with these quorums at once")
    private String quorum;

    @Override
    Change change() {
      List<Seat> all = Stream.of(seats.split(",", -1)).map(ChangeCommand::seat).toList();
      return quorum == null ? new Change.Set(all) : new Change.Whole(all, quorum);
    }
  }

  /** {@code quorum SPEC}. */
  @Command(name = "quorum", description = "The same members with other quorums.",
      footer = {"", "Example: ${COMMAND-FULL-NAME} --server 127.0.0.1:8371 flexible:read=2"})
  static final class Quorum extends ChangeCommand {
    @Parameters(paramLabel = "SPEC", description = "majority, all, flexible:read=2,"
        + " flexible:write=2 or weighted:n1=2,n2=1,n3=1")
    private String spec;

    @Override
    Change change() {
      return new Change.Quorum(spec);
    }
  }

  /** {@code mode classic|fast}. */
  @Command(name = "mode", description = {"The same members in another consensus mode.",
      "fast: a command takes one round trip; classic: it reads, then writes, two round trips."},
      footer = {"", "Example: ${COMMAND-FULL-NAME} --server 127.0.0.1:8371 classic"})
  static final class Mode extends ChangeCommand {
    @Parameters(paramLabel = "MODE", description = "classic or fast")
    private String mode;

    @Override
    Change change() {
      return new Change.Mode(parse("MODE", mode, ConsensusMode::parse));
    }
  }
}
