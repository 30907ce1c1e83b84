package io.synod.testkit.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the end of a trace and tells the part of it that a violation is about: the events of the
 * instances, ballots and commands that its facts name, and what happened to whole nodes and links.
 */
public final class History implements Consumer<TraceEvent> {
  private static final int KEPT = 200_000;

  private final int limit;
  private final Deque<TraceEvent> events = new ArrayDeque<>();

  /** Tells at most so many lines, the last ones. */
  public History(int limit) {
    this.limit = limit;
  }

  /** What the turn still does after the violation is left out. */
  @Override
  public void accept(TraceEvent event) {
    if (events.peekLast() instanceof TraceEvent.Violated
        && !(event instanceof TraceEvent.Violated)) {
      return;
    }
    if (events.size() == KEPT) {
      events.poll();
    }
    events.add(event);
  }

  /** The events that matter, one a line; without a violation those of all instances. */
  public List<String> lines() {
    Subject subject = events.stream()
        .filter(TraceEvent.Violated.class::isInstance)
        .map(TraceEvent.Violated.class::cast)
        .findFirst().map(Subject::of).orElse(Subject.of(""));
    List<TraceEvent> matter = new ArrayList<>(events.stream().filter(subject::concerns).toList());
    int skipped = Math.max(0, matter.size() - limit);
    List<String> lines = new ArrayList<>();
    if (skipped > 0) {
      lines.add("(" + skipped + " earlier events left out)");
    }
    matter.subList(skipped, matter.size()).forEach(event -> lines.add(TraceLine.of(event)));
    return lines;
  }
}
