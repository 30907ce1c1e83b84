package io.synod.reconfig.master;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.MasterCell;
import io.synod.link.Retransmission;
import io.synod.reconfig.master.MasterCommand.Complete;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs commands of the master's state machine on its cell: computes the next state from the last
 * one seen and puts it in its place, again and again until the cell shows just that. A command
 * that has no effect is confirmed in the same way, so that its answer is not older than itself.
 */
final class MasterClient {
  private static final long RESEND_NANOS = Duration.ofMillis(200).toNanos();
  private static final long RESEND_MOST_NANOS = Duration.ofSeconds(2).toNanos();
  /** Resends in vain after which people should know. */
  private static final int AWAY = 3;

  private final LayerContext context;
  private final MasterCell cell;
  private final Configuration founders;
  private final Supplier<Era> known;
  private final Retransmission reminder;
  private byte[] last = {};
  private Question question;
  private Complete complete;
  private long attempts;
  private int resends;
  private String trouble = "";

  private record Question(MasterCommand command, Consumer<MasterState> then) {}

  /**
   * At that cell.
   *
   * @param known the highest era that this node knows to be active, which the master must know
   */
  MasterClient(LayerContext context, MasterCell cell, Supplier<Era> known) {
    this.context = context;
    this.cell = cell;
    this.founders = context.founders();
    this.known = known;
    this.reminder = new Retransmission(
        context.timers(), context.clock(), RESEND_NANOS, RESEND_MOST_NANOS, this::remind);
  }

  /** Takes the place of an earlier question; {@code then} hears the state after the command. */
  void ask(MasterCommand command, Consumer<MasterState> then) {
    question = new Question(command, then);
    begin();
  }

  /** Tells that an era is active; nobody waits for the answer. */
  void complete(Era era) {
    complete = new Complete(era);
    begin();
  }

  private void begin() {
    reminder.end();
    reminder.begin();
    step();
  }

  private void remind() {
    resends++;
    if (resends == AWAY) {
      trouble("it does not answer: no change of members and no new leader until it does");
    }
    step();
  }

  private void step() {
    byte[] update = seen().map(this::after).map(MasterState::encode).orElse(last);
    attempts++;
    long attempt = attempts;
    cell.swap(last, update, inForce -> answered(attempt, update, inForce));
  }

  /** What the cell has shown last, unless it cannot be the state of this cluster's master. */
  private Optional<MasterState> seen() {
    try {
      MasterState state =
          last.length == 0 ? MasterState.founding(founders) : MasterState.decode(last);
      if (state.eras().made().compareTo(known.get()) < 0) {
        // An empty cell may only mean that it was not read yet.
        trouble(last.length == 0 ? "" : "it knows of eras up to " + state.eras().made()
            + " only, but era " + known.get() + " is active: has it lost its data?");
        return Optional.empty();
      }
      return Optional.of(state);
    } catch (IllegalArgumentException e) {
      trouble(e.getMessage());
      return Optional.empty();
    }
  }

  private MasterState after(MasterState before) {
    MasterState after = question == null ? before : before.apply(question.command());
    return complete == null ? after : after.apply(complete);
  }

  private void answered(long attempt, byte[] update, byte[] inForce) {
    if (attempt != attempts || question == null && complete == null) {
      return; // late, or twice
    }
    heard();
    last = inForce.clone();
    Optional<MasterState> state = seen();
    if (state.isEmpty()) {
      return; // comes again
    } else if (!Arrays.equals(update, inForce) || !after(state.get()).equals(state.get())) {
      step();
      return;
    }
    Question asked = question;
    question = null;
    complete = null;
    reminder.end();
    if (asked != null) {
      asked.then().accept(state.get());
    }
  }

  private void heard() {
    if (resends >= AWAY) {
      trouble = "";
      context.events().note("the configuration master answers again");
    }
    resends = 0;
    reminder.answered();
  }

  /** For people, once each. */
  private void trouble(String what) {
    if (!what.isEmpty() && !what.equals(trouble)) {
      trouble = what;
      context.events().note("the configuration master: " + what);
    }
  }
}
