package io.synod.testkit.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One line of a trace, as docs/trace-format.md defines it: {@code at} is virtual time in
 * nanoseconds since the start of the run, {@code kind} says which record it is. Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = TraceEvent.Run.class, name = "run"),
    @Type(value = TraceEvent.Started.class, name = "start"),
    @Type(value = TraceEvent.Stopped.class, name = "crash"),
    @Type(value = TraceEvent.Sent.class, name = "sent"),
    @Type(value = TraceEvent.Received.class, name = "received"),
    @Type(value = TraceEvent.Lost.class, name = "lost"),
    @Type(value = TraceEvent.Persisted.class, name = "persisted"),
    @Type(value = TraceEvent.Forced.class, name = "forced"),
    @Type(value = TraceEvent.Recovered.class, name = "recovered"),
    @Type(value = TraceEvent.Promised.class, name = "promised"),
    @Type(value = TraceEvent.Voted.class, name = "voted"),
    @Type(value = TraceEvent.Leads.class, name = "leader"),
    @Type(value = TraceEvent.Decided.class, name = "decided"),
    @Type(value = TraceEvent.Delivered.class, name = "delivered"),
    @Type(value = TraceEvent.Installed.class, name = "installed"),
    @Type(value = TraceEvent.Fault.class, name = "fault"),
    @Type(value = TraceEvent.Partition.class, name = "partition"),
    @Type(value = TraceEvent.Heal.class, name = "heal"),
    @Type(value = TraceEvent.Invoked.class, name = "invoke"),
    @Type(value = TraceEvent.Acknowledged.class, name = "ack"),
    @Type(value = TraceEvent.Violated.class, name = "violation"),
})
@JsonPropertyOrder("at")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface TraceEvent {
  /** Virtual nanoseconds since the start of the run. */
  long at();

  /** Something that a node does or that happens to it. */
  sealed interface OfNode extends TraceEvent {
    /** The node's id. */
    String node();
  }

  /** Something that carries a message or a record. */
  sealed interface Carrying extends OfNode {
    /** What it carries. */
    Content content();
  }

  /** Always the first line: which run this is. */
  record Run(long at, int format, String variant, long seed, List<String> nodes)
      implements TraceEvent {
    /** The format that this build writes. */
    public static final int FORMAT = 1;

    /** Copies the list. */
    public Run {
      nodes = List.copyOf(nodes);
    }
  }

  /** A node starts, for the {@code life}-th time. */
  record Started(long at, String node, int life) implements OfNode {}

  /** A node has crashed or stopped. */
  record Stopped(long at, String node, int life) implements OfNode {}

  /** A message leaves {@code node} for {@code peer}, which may be the same. */
  record Sent(long at, String node, String peer, long id, Content content) implements Carrying {}

  /** A message of {@code peer} is handled by {@code node}; {@code id} is that of its sending. */
  record Received(long at, String node, String peer, long id, Content content)
      implements Carrying {}

  /** A message from {@code node} to {@code peer} gets lost; the reason is cut, loss or down. */
  record Lost(long at, String node, String peer, long id, String reason, Content content)
      implements Carrying {}

  /** A record is handed to the journal. */
  record Persisted(long at, String node, Content content) implements Carrying {}

  /** A record is on disk. */
  record Forced(long at, String node, Content content) implements Carrying {}

  /** A starting node reads a record back. */
  record Recovered(long at, String node, Content content) implements Carrying {}

  /** An acceptor lets its promise be known. */
  record Promised(long at, String node, String ballot) implements OfNode {}

  /** An acceptor lets it be known that it has voted in this ballot up to this instance. */
  record Voted(long at, String node, String ballot, long upTo) implements OfNode {}

  /** A node sends the 1c of a new ballot: it leads. */
  record Leads(long at, String node, String ballot, long era) implements OfNode {}

  /** A node claims for the first time that everything up to here is decided. */
  record Decided(long at, String node, long upTo) implements OfNode {}

  /** A node delivers an instance to its state machine. */
  record Delivered(long at, String node, long instance, String text) implements OfNode {}

  /** A snapshot, received or read at the start, stands for everything up to here. */
  record Installed(long at, String node, long upTo) implements OfNode {}

  /** A fault is injected; its name is what {@code --only-faults} takes. */
  record Fault(long at, String name) implements TraceEvent {}

  /** From now on exactly these links are cut, each {@code from>to}. */
  record Partition(long at, List<String> cut) implements TraceEvent {
    /** Copies the list. */
    public Partition {
      cut = List.copyOf(cut);
    }
  }

  /** No link is cut any more; with {@code all}, every kind of fault has ended. */
  record Heal(long at, boolean all) implements TraceEvent {}

  /** A client hands in a command or a read. */
  record Invoked(long at, String text) implements TraceEvent {}

  /** A client is answered; {@code instance} is null for a read. */
  record Acknowledged(long at, String text, Long instance, long count) implements TraceEvent {}

  /** A property does not hold, by two facts. */
  record Violated(long at, String property, String first, String second)
      implements TraceEvent {}

  /**
   * A message or a record: its type, what it is about, and all of it for people.
   *
   * @param type the name of the record class
   * @param ballot null if it belongs to none
   * @param first the first instance that it is about, or null
   * @param last the last one, or null
   * @param era null if it names none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Content(String type, String ballot, Long first, Long last, Long era, String text) {
    /** Whether that instance is in the range. */
    public boolean covers(long instance) {
      return first != null && first <= instance && instance <= last;
    }
  }
}
