package io.synod.sharedmemory;

import static io.synod.sharedmemory.World.N1;
import static io.synod.sharedmemory.World.N2;
import static io.synod.sharedmemory.World.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.Answer;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Request;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.sharedmemory.World.Sent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every order in which messages may arrive, or not arrive, while n1 writes, n2 reads, and n3 reads
 * once n2 has its answer. Runs that have led to the same state are followed once; answers that
 * nobody waits for are left out. Where tags are announced, n1 hears nothing of what n2 asks, which
 * keeps the number of states small.
 */
class SmallWorldsTest {
  private static final Tag ALWAYS = new Tag(Tag.MAX_SEQUENCE, N1);

  private final Set<String> seen = new HashSet<>();
  private final Set<String> outcomes = new HashSet<>();

  /** One run, given by which of the messages sent so far was delivered next. */
  private static final class Run {
    private final World world;
    private final List<Sent> sent = new ArrayList<>();
    private final Set<Sent> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Integer> delivered = new HashSet<>();
    private final boolean restricted;
    private boolean second;

    Run(String completion, boolean restricted, UnaryOperator<Message> tampering) {
      this.restricted = restricted;
      world = new World(3, Settings.DEFAULTS.with(MemorySettings.COMPLETION, completion)
          .with(MemorySettings.WRITER, "n1"));
      world.tamper(tampering);
      world.node(N1).write("x", "new");
      world.node(N2).read("x");
      number();
    }

    private void number() {
      for (Sent each : world.network()) {
        if (known.add(each)) {
          sent.add(each);
        }
      }
    }

    void deliver(int number) {
      delivered.add(number);
      world.deliver(sent.get(number));
      if (!second && over(N2)) {
        second = true;
        world.node(N3).read("x");
      }
      number();
    }

    private boolean over(NodeId reader) {
      return !world.node(reader).said().isEmpty();
    }

    boolean ended() {
      return over(N3);
    }

    /** Which messages might change something if they were delivered now. */
    List<Integer> choices() {
      List<Integer> choices = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        if (!delivered.contains(i) && isAwaited(sent.get(i))) {
          choices.add(i);
        }
      }
      return choices;
    }

    private boolean isAwaited(Sent message) {
      boolean late = message.message() instanceof Answer && over(message.to())
          || message.message() instanceof ReadAck && propagates(message.to());
      return !late && !(restricted && message.from().equals(N2) && message.to().equals(N1)
          && message.message() instanceof Request);
    }

    private boolean propagates(NodeId reader) {
      return sent.stream().anyMatch(s -> s.from().equals(reader) && s.message() instanceof Write);
    }

    /** All copies, all answers, and which messages have arrived, whatever their order. */
    String state() {
      List<String> facts = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        facts.add(text(sent.get(i)) + (delivered.contains(i) ? " arrived" : ""));
      }
      Collections.sort(facts);
      for (NodeId id : List.of(N1, N2, N3)) {
        facts.add(world.node(id).disk().size() + " " + world.node(id).said());
      }
      return facts.toString();
    }

    private static String text(Sent sent) {
      String what = sent.message().getClass().getSimpleName()
          + (sent.message() instanceof ReadAck ack ? ack.tag() + " " + ack.complete() : "")
          + (sent.message() instanceof Write write ? write.tag() : "");
      return sent.from() + ">" + sent.to() + what;
    }

    String outcome() {
      return "n2 " + world.node(N2).said() + ", then n3 " + world.node(N3).said();
    }
  }

  /** Follows all runs, or until one has had that outcome. */
  private void explore(
      String completion, boolean restricted, UnaryOperator<Message> tampering, String until) {
    Deque<List<Integer>> open = new ArrayDeque<>();
    open.push(List.of());
    while (!open.isEmpty() && !outcomes.contains(until)) {
      List<Integer> path = open.pop();
      Run run = new Run(completion, restricted, tampering);
      path.forEach(run::deliver);
      if (run.ended()) {
        outcomes.add(run.outcome());
      } else if (seen.add(run.state())) {
        for (int choice : run.choices()) {
          List<Integer> longer = new ArrayList<>(path);
          longer.add(choice);
          open.push(longer);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"announced", "agreed", "off"})
  void noReadIsOlderThanAnEarlierOne(String completion) {
    explore(completion, completion.equals("announced"), message -> message, "");

    assertThat(outcomes).containsExactlyInAnyOrder(
        "n2 [read nothing], then n3 [read nothing]", "n2 [read nothing], then n3 [read new]",
        "n2 [read new], then n3 [read new]");
    assertThat(seen).hasSizeGreaterThan(1_000);
  }

  /** Readers that take every tag for complete propagate nothing. */
  @Test
  void withoutWriteBackALaterReadMayBeOlder() {
    String older = "n2 [read new], then n3 [read nothing]";
    explore("announced", false, message -> message instanceof ReadAck ack
        ? new ReadAck(ack.request(), ack.tag(), ack.value(), ALWAYS) : message, older);

    assertThat(outcomes).contains(older);
  }
}
