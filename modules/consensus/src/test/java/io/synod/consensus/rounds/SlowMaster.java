package io.synod.consensus.rounds;

import io.synod.api.reconfig.Authority;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/** An authority that answers one of its questions when the test says so. */
final class SlowMaster {
  private SlowMaster() {}

  /** As {@code authority}, but outside the log: {@code then} gets who waits for the answer. */
  static Authority asking(
      String question, Authority authority, List<Consumer<Authority.Standing>> then) {
    return (Authority) Proxy.newProxyInstance(
        Authority.class.getClassLoader(), new Class<?>[] {Authority.class}, (me, method, args) -> {
          if (!method.getName().equals(question)) {
            return method.invoke(authority, args);
          }
          @SuppressWarnings("unchecked") // the last argument of both questions
          var listener = (Consumer<Authority.Standing>) args[args.length - 1];
          return then.add(listener) ? null : me;
        });
  }
}
