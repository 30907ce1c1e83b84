package io.synod.testkit.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
  @TempDir Path directory;

  private static Simulation simulation() {
    return Simulation.of(new Variants().fall()).seed(11).nodes(3).seconds(4)
        .faults(EnumSet.allOf(FaultKind.class));
  }

  private Path write(String name) throws IOException {
    Path file = directory.resolve(name);
    try (TraceWriter writer = new TraceWriter(file)) {
      simulation().trace(writer).run();
    }
    return file;
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    assertThat(write("one")).hasSameBinaryContentAs(write("two"));
  }

  @Test
  void tracingChangesNothing() {
    SimulationReport plain = simulation().run();
    SimulationReport traced = simulation().trace(event -> {}).run();
    assertThat(traced.traceHash()).isEqualTo(plain.traceHash());
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    List<TraceEvent> told = new ArrayList<>();
    simulation().trace(told::add).run();
    assertThat(TraceReader.read(write("run"))).isEqualTo(told);
  }

  @Test
  void arrivalsAreThoseOfTheirSendings() throws IOException {
    List<TraceEvent> events = TraceReader.read(write("run"));
    List<TraceEvent.Sent> sent = all(events, TraceEvent.Sent.class);
    List<TraceEvent.Received> received = all(events, TraceEvent.Received.class);
    assertThat(received).hasSizeGreaterThan(1000).allSatisfy(arrival -> {
      TraceEvent.Sent sending = sent.get((int) arrival.id() - 1);
      assertThat(sending.at()).isLessThan(arrival.at());
      assertThat(sending.content()).isEqualTo(arrival.content());
      assertThat(sending.peer()).isEqualTo(arrival.node());
      assertThat(sending.node()).isEqualTo(arrival.peer());
    });
  }

  @Test
  void everythingThatHappensIsThere() throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    for (long seed = 1; seed <= 12; seed++) {
      simulation().seed(seed).trace(events::add).run();
    }
    Set<Class<?>> seen =
        events.stream().map(TraceEvent::getClass).collect(Collectors.toSet());
    Set<Class<?>> known = leaves(TraceEvent.class).collect(Collectors.toSet());
    known.remove(TraceEvent.Violated.class);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(known);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(TraceTest::leaves) : Stream.of(type);
  }

  @Test
  void refusesWhatIsNoTrace() throws IOException {
    String run = "{\"kind\":\"run\",\"at\":0,\"format\":1,\"variant\":\"fall\",\"seed\":1,"
        + "\"nodes\":[\"n1\"]}\n";
    refused("", "is empty");
    refused("{\"kind\":\"heal\",\"at\":0,\"all\":true}\n", "line 1", "the run is the first line");
    refused(run + "nonsense\n", "line 2", "is not an event of a trace");
    refused(run + "{\"kind\":\"odd\",\"at\":0}\n", "line 2");
    refused(run + "{\"kind\":\"crash\",\"at\":0,\"node\":\"n7\",\"life\":1}\n", "node n7");
    refused(run + "{\"kind\":\"fault\",\"at\":5,\"name\":\"crash.1\"}\n"
        + "{\"kind\":\"fault\",\"at\":4,\"name\":\"crash.2\"}\n", "line 3", "backwards");
    refused(run + "{\"kind\":\"received\",\"at\":0,\"node\":\"n1\",\"peer\":\"n1\",\"id\":1,"
        + "\"content\":{\"type\":\"Alive\",\"text\":\"\"}}\n", "never sent");
  }

  private void refused(String content, String... words) throws IOException {
    Path file = Files.writeString(directory.resolve("bad"), content);
    assertThatThrownBy(() -> TraceReader.read(file)).isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }

  private static <T> List<T> all(List<TraceEvent> events, Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
