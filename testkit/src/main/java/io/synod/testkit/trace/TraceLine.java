package io.synod.testkit.trace;

import java.util.Locale;

/** An event as a line for people: virtual time, who, what. */
final class TraceLine {
  private TraceLine() {}

  static String of(TraceEvent event) {
    return String.format(Locale.ROOT, "%12.3f ms  %s", event.at() / 1e6, text(event));
  }

  private static String text(TraceEvent event) {
    if (event instanceof TraceEvent.OfNode ofNode) {
      return ofNode.node() + " " + node(ofNode);
    } else if (event instanceof TraceEvent.Fault fault) {
      return "-- fault " + fault.name();
    } else if (event instanceof TraceEvent.Partition partition) {
      return "-- cut " + String.join(" ", partition.cut());
    } else if (event instanceof TraceEvent.Heal heal) {
      return heal.all() ? "-- all faults end" : "-- no link is cut any more";
    } else if (event instanceof TraceEvent.Invoked invoked) {
      return "client asks " + invoked.text();
    } else if (event instanceof TraceEvent.Acknowledged answer) {
      return "client hears of " + answer.text() + ": count " + answer.count()
          + (answer.instance() == null ? "" : " at instance " + answer.instance());
    } else if (event instanceof TraceEvent.Violated violated) {
      return "** " + violated.property() + ": " + violated.first() + "; but "
          + violated.second();
    }
    return event.toString();
  }

  private static String node(TraceEvent.OfNode event) {
    if (event instanceof TraceEvent.Sent sent) {
      return "-> " + sent.peer() + "  " + content(sent);
    } else if (event instanceof TraceEvent.Received received) {
      return "<- " + received.peer() + "  " + content(received);
    } else if (event instanceof TraceEvent.Lost lost) {
      return "-> " + lost.peer() + "  lost (" + lost.reason() + ")  " + content(lost);
    } else if (event instanceof TraceEvent.Persisted persisted) {
      return "writes  " + content(persisted);
    } else if (event instanceof TraceEvent.Forced forced) {
      return "has on disk  " + content(forced);
    } else if (event instanceof TraceEvent.Recovered recovered) {
      return "reads back  " + content(recovered);
    }
    return state(event);
  }

  private static String state(TraceEvent.OfNode event) {
    if (event instanceof TraceEvent.Started started) {
      return "starts, life " + started.life();
    } else if (event instanceof TraceEvent.Stopped stopped) {
      return "crashes, life " + stopped.life();
    } else if (event instanceof TraceEvent.Promised promised) {
      return "has promised " + promised.ballot();
    } else if (event instanceof TraceEvent.Voted voted) {
      return "has voted in " + voted.ballot() + " up to " + voted.upTo();
    } else if (event instanceof TraceEvent.Leads leads) {
      return "leads with " + leads.ballot() + " in era " + leads.era();
    } else if (event instanceof TraceEvent.Decided decided) {
      return "claims decided up to " + decided.upTo();
    } else if (event instanceof TraceEvent.Delivered delivered) {
      return "delivers " + delivered.instance() + ": " + delivered.text();
    } else if (event instanceof TraceEvent.Installed installed) {
      return "has a snapshot up to " + installed.upTo();
    }
    return event.toString();
  }

  private static String content(TraceEvent.Carrying event) {
    return event.content().type() + " " + event.content().text();
  }
}
