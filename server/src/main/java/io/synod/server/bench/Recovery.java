package io.synod.server.bench;

/**
 * A node's restart from its files and the replacement of a killed leader.
 *
 * @param commands how many commands the restarted node had to replay
 * @param replayMillis until all of them were in its state again
 * @param failoverMillis from the kill of the leader to the answer to the first command submitted,
 *     after it, at another node
 */
record Recovery(long commands, long replayMillis, long failoverMillis) {
  long commandsPerSecond() {
    return replayMillis == 0 ? 0 : commands * 1_000 / replayMillis;
  }
}
