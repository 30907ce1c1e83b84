package io.synod.testkit.sim;

import io.synod.testkit.linearizability.Model;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.ValueModel;
import java.nio.ByteBuffer;

/** Reads the {@link KeyValueMachine}'s requests as operations. */
final class KeyValueHistory implements HistoryFormat {
  /** The simulator's own application, with commands of that size. */
  static Application application(int commandBytes) {
    return new Application(KeyValueMachine::new, KeyValueMachine::new,
        random -> KeyValueRequest.command(random).bytes(commandBytes),
        random -> KeyValueRequest.query(random).bytes(0), SnapshotBytes::of,
        new KeyValueHistory());
  }

  @Override
  public Model model() {
    return ValueModel.register();
  }

  @Override
  public Operation operation(Call call, byte[] request, byte[] answer) {
    KeyValueRequest asked = KeyValueRequest.read(ByteBuffer.wrap(request));
    return new Operation(call.client(), "k" + asked.key(), asked.kind(), asked.argument(),
        asked.expected(), answer == null ? null : KeyValueRequest.value(answer),
        call.invoked(), call.returned());
  }
}
