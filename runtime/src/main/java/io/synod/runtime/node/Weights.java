package io.synod.runtime.node;

import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.ClientMessage;
import io.synod.api.message.MemoryMessage;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.message.ReplicationMessage;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import java.util.List;

/** About how many bytes a message holds, for the bound of the loop's queue. */
final class Weights {
  private Weights() {}

  static int of(Message message) {
    if (message instanceof RegisterMessage.Accept accept) {
      return clamp(values(accept.values()));
    } else if (message instanceof ReplicationMessage.Forward forward) {
      return clamp(arrays(forward.entries()));
    } else if (message instanceof BroadcastMessage.Decisions decisions) {
      return clamp(values(decisions.values()));
    } else if (message instanceof BroadcastMessage.Chunk chunk) {
      return clamp(chunk.bytes().length);
    } else if (message instanceof RegisterMessage.Promise promise) {
      return clamp(votes(promise.votes()));
    } else if (message instanceof MemoryMessage.Write write) {
      return clamp(write.value().length);
    } else if (message instanceof MemoryMessage.ReadAck ack) {
      return clamp(ack.value().length);
    }
    return LoopTask.BASE_WEIGHT;
  }

  static int of(ClientMessage message) {
    if (message instanceof ClientMessage.Submit submit) {
      return clamp(arrays(submit.commands()));
    } else if (message instanceof ClientMessage.Query query) {
      return clamp(query.query().length);
    }
    return LoopTask.BASE_WEIGHT;
  }

  private static long values(List<Value> values) {
    long sum = 0;
    for (int i = 0; i < values.size(); i++) {
      sum += values.get(i).size();
    }
    return sum;
  }

  private static long votes(List<Vote> votes) {
    long sum = 0;
    for (Vote vote : votes) {
      sum += LoopTask.BASE_WEIGHT + vote.value().size();
    }
    return sum;
  }

  private static long arrays(List<byte[]> arrays) {
    long sum = 0;
    for (int i = 0; i < arrays.size(); i++) {
      sum += arrays.get(i).length;
    }
    return sum;
  }

  private static int clamp(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE / 2, LoopTask.BASE_WEIGHT + bytes);
  }
}
