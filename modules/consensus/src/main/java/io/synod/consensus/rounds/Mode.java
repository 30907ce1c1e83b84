package io.synod.consensus.rounds;

/** How much a prepared proposer may skip. */
enum Mode {
  /** propose = read, then write: two round trips, every time. */
  CLASSIC,
  /** fastPropose = write only, while nobody else has used a higher ballot. */
  FAST
}
