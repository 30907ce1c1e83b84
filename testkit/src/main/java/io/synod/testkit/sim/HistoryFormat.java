package io.synod.testkit.sim;

import io.synod.testkit.linearizability.Model;
import io.synod.testkit.linearizability.Operation;

/** Reads an application's requests as operations on keys, for the linearizability checker. */
interface HistoryFormat {
  /** What a key does. */
  Model model();

  /** A command or query with its answer, null if its outcome is unknown. */
  Operation operation(Call call, byte[] request, byte[] answer);

  /** Who called, and from when to when. */
  record Call(int client, long invoked, long returned) {}
}
