package io.synod.testkit.trace;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The instances, ballots, commands and nodes that the two facts of a violation name. */
record Subject(Set<Long> instances, Set<String> ballots, Set<String> commands, Set<String> nodes) {
  private static final Pattern INSTANCE = Pattern.compile("instances? (\\d+)");
  private static final Pattern BALLOT = Pattern.compile("(\\(\\d+,[\\w-]+,\\d+\\))");
  private static final Pattern COMMAND =
      Pattern.compile("((?:session|node origin) [0-9a-f]+ #\\d+|read \\d+)");
  private static final Pattern NODE = Pattern.compile("\\b(n\\d+) \\(start");
  private static final Set<String> BACKGROUND = Set.of("Alive", "Progress");

  static Subject of(TraceEvent.Violated violated) {
    return of(violated.first() + " " + violated.second());
  }

  static Subject of(String facts) {
    return new Subject(
        found(INSTANCE, facts).stream().map(Long::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)),
        found(BALLOT, facts), found(COMMAND, facts), found(NODE, facts));
  }

  private static Set<String> found(Pattern pattern, String facts) {
    return pattern.matcher(facts).results().map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean concerns(TraceEvent event) {
    if (event instanceof TraceEvent.Carrying carrying) {
      return carries(carrying);
    } else if (event instanceof TraceEvent.Delivered delivered) {
      return any() || instances.contains(delivered.instance());
    } else if (event instanceof TraceEvent.Decided decided) {
      return any() || instances.contains(decided.upTo());
    } else if (event instanceof TraceEvent.Voted voted) {
      return any() || instances.contains(voted.upTo()) || ofBallot(voted.ballot());
    } else if (event instanceof TraceEvent.Promised promised) {
      return any() || ballots.isEmpty() || ballots.contains(promised.ballot());
    } else if (event instanceof TraceEvent.Invoked invoked) {
      return commands.contains(invoked.text());
    } else if (event instanceof TraceEvent.Acknowledged acknowledged) {
      return commands.contains(acknowledged.text())
          || acknowledged.instance() != null && instances.contains(acknowledged.instance());
    }
    return !(event instanceof TraceEvent.Run);
  }

  /** Nothing is named that events could be chosen by. */
  private boolean any() {
    return instances.isEmpty() && ballots.isEmpty() && commands.isEmpty();
  }

  /** A ballot has an event for each of its instances: too many, if an instance is named. */
  private boolean ofBallot(String ballot) {
    return instances.isEmpty() && ballots.contains(ballot);
  }

  private boolean carries(TraceEvent.Carrying event) {
    TraceEvent.Content content = event.content();
    if (BACKGROUND.contains(content.type())) {
      return false;
    } else if (any()) {
      return nodes.isEmpty() || nodes.contains(event.node());
    }
    return instances.stream().anyMatch(content::covers)
        || content.ballot() != null && ballots.contains(content.ballot())
            && (content.first() == null || instances.isEmpty());
  }
}
