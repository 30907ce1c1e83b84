package io.synod.storage.jdbc;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process' connection to an acceptor in a database (Lampson, handout 18: an acceptor over
 * compare-and-swap). All processes write to the same rows.
 *
 * <p>A step is one transaction. Its first statement raises the acceptor's row, on the condition
 * that the promise there is not above the step's ballot; if it is, no vote, promise or 1c of the
 * step is written, and the promise read shows the refusal. What is true whoever leads (an active
 * era, a decided prefix, a store met) is written all the same. A vote takes the place of none in a
 * higher ballot.
 *
 * <p>Why this is safe with any number of proposers at READ COMMITTED: an UPDATE locks the row until
 * its transaction ends, and one that waited for the lock looks at its condition again, at the row
 * as it was committed. So of two transactions that write, one begins behind the other's commit:
 * it meets the other's promise in its own condition, and each later statement of it sees all that
 * the other wrote. Its reading comes after its writing in the same transaction. Where the database
 * isolates more, one of the two fails instead, and a step that failed is not answered. Who reads
 * votes holds the row as well, so that votes and the row belong together; who only looks at the row
 * holds nothing, and what it sees was true when it was read.
 *
 * <p>Each opening has a number, which is looked at before each commit, behind the lock: a step of
 * an earlier opening that comes after the later one began is undone.
 */
final class JdbcStore implements PassiveStore {
  private final Session session;
  private final NodeId self;
  private final MessageCodec codec;
  private final Founding.Opened opened;

  private JdbcStore(
      Session session, NodeId self, MessageCodec codec, Founding.Opened opened) {
    this.session = session;
    this.self = self;
    this.codec = codec;
    this.opened = opened;
  }

  /** Makes the tables if there are none; closes {@code session} if that fails. */
  static JdbcStore open(Session session, PassiveUse use, MessageCodec codec)
      throws StorageException {
    return new JdbcStore(session, use.process(), codec, Founding.open(session, use));
  }

  @Override
  public Incarnation incarnation() {
    return opened.incarnation();
  }

  @Override
  public List<DurableRecord> own() throws StorageException {
    return session.transact(false, connection -> {
      AcceptorRows.lock(connection);
      AcceptorRows rows = rows(connection);
      View all = rows.with(row(rows), InstanceId.FIRST);
      List<DurableRecord> own = new ArrayList<>();
      own.add(new DurableRecord.Checkpoint(
          0, false, Map.of(), all.promised(), rows.oneC(), all.kept(), all.floor(), all.adopted(),
          new Eras(all.active(), Era.ZERO, all.configurations()), Ballot.BOTTOM,
          all.kept().plus(-1), all.votes()));
      own.addAll(rows.met());
      return own;
    });
  }

  @Override
  public View exchange(Step step) throws StorageException {
    return session.transact(
        !step.records().isEmpty(), connection -> exchange(connection, step));
  }

  private View exchange(Connection connection, Step step)
      throws SQLException, StorageException {
    AcceptorRows rows = rows(connection);
    Said spoken = Said.spoken(step.records());
    Said facts = Said.facts(step.records());
    if (!spoken.nothing()) {
      rows.speak(step.ballot(), spoken, self);
    }
    if (!facts.nothing()) {
      rows.note(facts);
    }
    if (step.votesFrom().isPresent()) {
      AcceptorRows.lock(connection);
    }
    View view = othersIn(row(rows), step.ballot());
    Optional<InstanceId> from = step.votesFrom();
    return from.isPresent() ? rows.with(view, from.get()) : view;
  }

  private AcceptorRows rows(Connection connection) {
    return new AcceptorRows(connection, session.dialect(), codec);
  }

  private View row(AcceptorRows rows) throws SQLException, StorageException {
    AcceptorRows.Row row = rows.row(self);
    if (row.opening() != opened.opening()) {
      throw new StorageException("the database " + session.place() + " has been opened by another"
          + " life of " + self + " (opening " + row.opening() + ", this is "
          + opened.opening() + "): nothing more is written by this one");
    }
    return row.view();
  }

  /** Its own promise refuses nothing to a process that speaks in no ballot. */
  private View othersIn(View all, Ballot ballot) {
    boolean own = ballot.equals(Ballot.BOTTOM) && all.promised().proposer().equals(self);
    return !own ? all : new View(
        Ballot.BOTTOM, all.adopted(), all.active(), all.kept(), all.floor(), Map.of(), List.of());
  }

  @Override
  public void close() {
    session.close();
  }
}
