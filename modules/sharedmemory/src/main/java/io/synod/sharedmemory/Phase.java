package io.synod.sharedmemory;

import io.synod.api.message.MemoryMessage.Answer;
import io.synod.api.message.MemoryMessage.Request;
import io.synod.api.model.NodeId;
import io.synod.link.Retransmission;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One request to all replicas, until enough of them have answered. */
final class Phase<A extends Answer> {
  private final Request request;
  private final Class<A> kind;
  private final Predicate<Set<NodeId>> enough;
  private final Consumer<Map<NodeId, A>> then;
  private final Map<NodeId, A> answers = new TreeMap<>();
  private Retransmission retransmission;

  Phase(
      Request request, Class<A> kind, Predicate<Set<NodeId>> enough,
      Consumer<Map<NodeId, A>> then) {
    this.request = request;
    this.kind = kind;
    this.enough = enough;
    this.then = then;
  }

  Request request() {
    return request;
  }

  /** Starts to ask again whoever is silent. */
  void begin(Retransmission again) {
    retransmission = again;
    again.begin();
  }

  boolean hasAnswered(NodeId replica) {
    return answers.containsKey(replica);
  }

  /** Counts an answer; whether they are enough now. An answer of another kind is none. */
  boolean answered(NodeId replica, Answer answer) {
    if (!kind.isInstance(answer)) {
      return false;
    }
    answers.put(replica, kind.cast(answer));
    return enough.test(answers.keySet());
  }

  /** Enough have answered. */
  void end() {
    retransmission.end();
    then.accept(answers);
  }
}
