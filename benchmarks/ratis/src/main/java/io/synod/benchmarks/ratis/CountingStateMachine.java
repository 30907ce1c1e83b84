package io.synod.benchmarks.ratis;

import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;

/** Does as much as the machine that the benchmark of Synod replicates: a count and a sum. */
final class CountingStateMachine extends BaseStateMachine {
  private long count;
  private long sum;

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    sum = sum * 31 + entry.getStateMachineLogEntry().getLogData().size();
    count++;
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    return CompletableFuture.completedFuture(Message.EMPTY);
  }
}
