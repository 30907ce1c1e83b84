package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.ConsensusMode;
import io.synod.api.storage.DurableRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one command costs a prepared leader of three: every message and every record of a run,
 * compared with a text that people can read. {@code -Drewrite=true} records the texts anew.
 */
class TranscriptTest {
  private static final Path TEXTS = Path.of("src", "test", "resources", "transcripts");

  private final List<String> lines = new ArrayList<>();
  private int messages;
  private int records;
  private int delays;
  private int forces;

  /** Leads with n1 until nothing moves, then proposes one command and writes down the rest. */
  private void oneCommand(ConsensusMode mode) {
    World world = new World(mode);
    WorldNode leader = world.node(N1);
    leader.lead();
    world.run();
    List<Integer> before = world.all().stream().map(n -> n.persisted().size()).toList();
    leader.proposer().propose(value(1));
    leader.turn(List.of());
    boolean moved = true;
    while (moved) {
      moved = step(world, leader);
    }
    assertThat(leader.decided()).containsExactly(value(1));
    for (int i = 0; i < before.size(); i++) {
      List<DurableRecord> all = world.all().get(i).persisted();
      for (DurableRecord record : all.subList(before.get(i), all.size())) {
        records++;
        lines.add(world.all().get(i).id() + " wrote " + record.getClass().getSimpleName());
      }
    }
    lines.add("decided after " + delays + " message delays and " + forces + " forced writes");
    lines.add(messages + " messages between nodes, " + records + " records");
  }

  private boolean step(World world, WorldNode leader) {
    boolean undecided = leader.decided().isEmpty();
    List<World.Sent> taken = world.step();
    for (World.Sent sent : taken) {
      lines.add(sent.from() + " -> " + sent.to() + "  " + text(sent.message()));
      messages += sent.remote() ? 1 : 0;
    }
    if (undecided && !leader.decided().isEmpty()) {
      delays = leader.delays();
      forces = leader.forces();
    }
    lines.add("--");
    return !taken.isEmpty();
  }

  private static String text(Message message) {
    if (message instanceof Prepare m) {
      return "1a " + m.ballot() + " from " + m.from();
    } else if (message instanceof Promise m) {
      return "1b " + m.ballot() + " with " + m.votes().size() + " votes";
    } else if (message instanceof Adopt m) {
      return "1c " + m.ballot() + " from " + m.oneC().low() + " window " + m.oneC().window();
    } else if (message instanceof Stored m) {
      return "stored " + m.ballot();
    } else if (message instanceof Accept m) {
      String tags = m.values().stream().map(FakeRegister::tag).toList().toString();
      return "2a " + m.ballot() + " at " + m.first() + " " + tags + " decided " + m.decided();
    } else if (message instanceof Accepted m) {
      return "2b " + m.ballot() + " up to " + m.upTo();
    }
    return message.toString();
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void oneCommandIsAsTheTranscriptSays(ConsensusMode mode) throws IOException {
    oneCommand(mode);
    Path text = TEXTS.resolve("one-command-" + mode.name().toLowerCase(Locale.ROOT) + ".txt");
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(TEXTS);
      Files.write(text, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(text));
  }

  @Test
  void fastCostsOneRoundTripAndOneForcedWrite() {
    oneCommand(ConsensusMode.FAST);
    assertThat(delays).isEqualTo(2);
    assertThat(forces).isEqualTo(1);
    assertThat(messages).as("2a and 2b, to and from two others").isEqualTo(4);
    assertThat(records).as("one vote each").isEqualTo(3);
  }

  @Test
  void classicCostsTwoRoundTripsAndTwoForcedWrites() {
    oneCommand(ConsensusMode.CLASSIC);
    assertThat(delays).isEqualTo(4);
    assertThat(forces).isEqualTo(2);
    assertThat(records).as("promise, 1c and vote each").isEqualTo(9);
  }
}
