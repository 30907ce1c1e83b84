package io.synod.api.register;

import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import java.util.List;
import java.util.function.Consumer;

/**
 * Anything that can answer 1a, 1c and 2a: a replica process, a passive disk, a row of a database.
 * Asynchronous and best effort: an answer may never come, come twice or come late; the caller
 * resends. Loop thread only; answers arrive on the loop.
 */
public interface Acceptor {
  /** Its id in the configuration. */
  NodeId id();

  /** Where answers go; set once, before the first request. */
  void answerTo(Consumer<Reply> replies);

  /** 1a: answered by Promise or Nack. */
  void prepare(Ballot ballot, Era era, InstanceId from);

  /** 1c: answered by Stored, and by Accepted for its window, or Nack. */
  void adopt(OneC oneC);

  /** 2a for a run of instances: answered by a cumulative Accepted, or Nack. */
  void accept(Ballot ballot, InstanceId first, List<Value> values, InstanceId decided);

  /** Answered by Confirmed while nothing above {@code ballot} is promised, else by Nack. */
  void confirm(Ballot ballot, long round);
}
