package io.synod.storage.disk;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.Area;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.storage.disk.LogFormat.Contents;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process' view of a disk (figure 18 of Deconstructing Paxos; Disk Paxos, Gafni and Lamport):
 * it writes to its own area, then reads those of all others.
 *
 * <p>A step goes, in this order: (1) its records behind those in the log, forced, in one write
 * however many instances they are for; (2) if it changes what the header says, other than the
 * length of the log, the header into the slot that does not hold the newest one, forced; (3) the
 * mark, not forced; (4) all headers, and if asked for all logs, are read. A checkpoint goes as (1)
 * into a log of the next generation, which (2) names; then the old one is dropped.
 *
 * <p>Why that is right:
 * <ul>
 *   <li>Of two steps one sees the other: both have written their headers, which say all that a
 *       step without votes asks for, before they read those. Who asks for votes reads each log
 *       after the header that names it, so at least what that header covers.
 *   <li>A vote counts when its step returns. Then its ballot is durable in the header as a
 *       promise: either (2) has put it there, or it stood there before (1). In the common case,
 *       further votes in one ballot, a step is one force.
 *   <li>A crash within (1): the log has a torn tail behind its durable length, or none. The step
 *       was not answered; a reader believes the frames that are whole, which are what the owner
 *       may have done, and more promises than were made do no harm.
 *   <li>A crash between (1) and (2): the log says more than the header. Who reads only headers does
 *       not see the step, which was not answered; who reads logs sees it. The owner's next life
 *       begins with a header that covers its log, before it reads anything.
 *   <li>A crash within (2): the slot is torn and not believed, the other one holds what was before.
 *       With a new generation: its log is whole before the header names it, and the old one stays
 *       until the header that does not need it is durable.
 *   <li>A loss of power can take the mark, which nothing depends on but the telling of damage.
 *   <li>A force that failed may have dropped what it was to write, while reading still shows it.
 *       So the store is of no use after any failure, and an opening writes the whole log anew, as
 *       the next generation, instead of trusting what it reads to be on the disk.
 * </ul>
 */
final class DiskStore implements PassiveStore {
  private final Blocks blocks;
  private final NodeId self;
  private final MessageCodec codec;
  private final AreaReader areas;
  private Header header;
  private long step;
  private StorageException failure;

  private DiskStore(Blocks blocks, PassiveUse use, MessageCodec codec) {
    this.blocks = blocks;
    this.self = use.process();
    this.codec = codec;
    this.areas = new AreaReader(blocks, use, codec);
  }

  /** Recovers the own area, or makes it; closes {@code blocks} if that fails. */
  static DiskStore open(Blocks blocks, PassiveUse use, MessageCodec codec)
      throws StorageException {
    DiskStore store = new DiskStore(blocks, use, codec);
    try {
      store.recover();
      return store;
    } catch (StorageException | RuntimeException e) {
      blocks.close();
      throw e;
    }
  }

  private void recover() throws StorageException {
    Map<NodeId, ByteBuffer> heads = blocks.exchange(List.of());
    ByteBuffer head = heads.get(self);
    others(heads, Optional.empty()); // else each attempt would write all anew, for nothing
    if (head == null) {
      header = new Header(1, Blocks.HEADER, 0, View.EMPTY);
      head = blocks.exchange(List.of(wholeHeader())).get(self);
    }
    Optional<Header> newest = areas.newest(self, head);
    Optional<Contents> found =
        newest.isPresent() ? areas.contents(self, newest.get()) : Optional.empty();
    if (found.isEmpty()) {
      throw areas.damaged(self, head);
    }
    header = newest.get();
    step = found.get().last();
    blocks.exchange(written(found.get().records(), true));
    blocks.keepOnly(header.generation());
  }

  private Block wholeHeader() {
    ByteBuffer whole = ByteBuffer.allocate(Blocks.HEADER_BYTES);
    whole.put((int) header.slotAt(), header.slot(headerSalt()), 0, Blocks.PART_BYTES);
    return new Block(Blocks.HEADER, 0, whole, true);
  }

  @Override
  public Incarnation incarnation() {
    return blocks.incarnation();
  }

  @Override
  public List<DurableRecord> own() throws StorageException {
    Optional<Contents> found = areas.contents(self, header);
    return found.orElseThrow(
        () -> Damage.at(blocks.place(), 0, "the own records are gone")).records();
  }

  @Override
  public View exchange(Step next) throws StorageException {
    if (failure != null) {
      throw new StorageException("the disk at " + blocks.place()
          + " has failed and is to be opened again: " + failure.getMessage(), failure);
    }
    return others(write(next.records()), next.votesFrom());
  }

  /** Writes the records and looks at nobody else's. */
  void append(List<DurableRecord> records) throws StorageException {
    exchange(new Step(Ballot.BOTTOM, records, Optional.empty()));
  }

  /** How long the own log is. */
  long logBytes() {
    return header.durable();
  }

  private View others(Map<NodeId, ByteBuffer> heads, Optional<InstanceId> votesFrom)
      throws StorageException {
    View view = View.EMPTY;
    for (Map.Entry<NodeId, ByteBuffer> other : heads.entrySet()) {
      if (!other.getKey().equals(self)) {
        view = view.and(areas.view(other.getKey(), other.getValue(), votesFrom));
      }
    }
    return view;
  }

  private Map<NodeId, ByteBuffer> write(List<DurableRecord> records) throws StorageException {
    try {
      int from = lastCheckpoint(records);
      boolean anew = from >= 0;
      List<Block> written = records.isEmpty() ? List.of()
          : written(anew ? records.subList(from, records.size()) : records, anew);
      Map<NodeId, ByteBuffer> heads = blocks.exchange(written);
      if (anew) {
        blocks.keepOnly(header.generation());
      }
      return heads;
    } catch (StorageException e) {
      failure = e;
      throw e;
    }
  }

  private static int lastCheckpoint(List<DurableRecord> records) {
    int at = records.size() - 1;
    while (at >= 0 && !(records.get(at) instanceof DurableRecord.Checkpoint)) {
      at--;
    }
    return at;
  }

  /** What to write for these records, which begin a generation if {@code anew}. */
  private List<Block> written(List<DurableRecord> records, boolean anew)
      throws StorageException {
    step++;
    Area said = new Area();
    records.forEach(said::apply);
    View view = header.view().and(said.view(Optional.<InstanceId>empty()));
    long generation = anew ? header.generation() + 1 : header.generation();
    long at = anew ? 0 : header.durable();
    ByteBuffer frames = LogFormat.frames(records, step, codec, areas.salt(self, generation));
    boolean newSlot = anew || !view.equals(header.view());
    header = new Header(header.sequence() + (newSlot ? 1 : 0), generation,
        at + frames.remaining(), view);
    List<Block> blocksOfStep = new ArrayList<>();
    blocksOfStep.add(new Block(generation, at, frames, true));
    if (newSlot) {
      blocksOfStep.add(
          new Block(Blocks.HEADER, header.slotAt(), header.slot(headerSalt()), true));
    }
    blocksOfStep.add(
        new Block(Blocks.HEADER, Header.markAt(), header.mark(headerSalt()), false));
    return blocksOfStep;
  }

  private int headerSalt() {
    return areas.salt(self, Blocks.HEADER);
  }

  @Override
  public void close() {
    blocks.close();
  }
}
