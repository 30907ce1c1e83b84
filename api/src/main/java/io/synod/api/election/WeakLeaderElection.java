package io.synod.api.election;

import io.synod.api.message.ElectionMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Weak leader election (Deconstructing Paxos §3.3): eventually {@code leader()} is the same
 * correct process at every correct process, for ever. Until then there may be several, or none.
 * Loop thread only.
 */
public interface WeakLeaderElection {
  /** Whom this process takes for the leader now. */
  Optional<NodeId> leader();

  /** Hears every change of {@link #leader()}; set once, before the start. */
  void onChange(Consumer<Optional<NodeId>> listener);

  /**
   * Starts to take part: sends and expects signs of life.
   *
   * @param epoch how often this process has started with its store
   */
  void start(long epoch);

  /** Whether this node may be elected; while false it follows only. */
  void eligible(boolean eligible);

  /** The members among whom to elect changed. */
  void members(Configuration configuration);

  /** A message of a peer's election. */
  void onMessage(NodeId from, ElectionMessage message);

  /** Any message of a peer is a sign of life. */
  void onSignOfLife(NodeId from);

  /**
   * Somebody wants that member to lead. It does once a majority hears of it, unless it fails;
   * nothing happens if it may not lead, or if this process is no member itself.
   */
  void prefer(NodeId successor);

  /** This process led and lost its ballot to another leader. */
  void onDeposed();
}
