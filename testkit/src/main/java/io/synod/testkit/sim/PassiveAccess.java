package io.synod.testkit.sim;

import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * One process' way to one passive acceptor: what a thread with a store of the acceptor's kind would
 * do. One thing at a time. What the process asked for goes on when it stops, and nobody hears of
 * it.
 */
interface PassiveAccess {
  /** Opens it for a new life; then tells what the process is to know again, or that it failed. */
  void open(Consumer<List<DurableRecord>> opened, Runnable failed);

  /** Makes that step; then tells what is there, or that it is not known to be done. */
  void exchange(Step step, Consumer<View> done, Runnable lost);
}
