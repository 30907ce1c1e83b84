package io.synod.server.sim;

import io.synod.server.cli.CommandFailed;

/** The seeds from {@code first} to {@code last}, both included. */
record SeedRange(long first, long last) {
  SeedRange {
    if (first > last) {
      throw CommandFailed.usage(
          "--seeds " + first + "-" + last + " names no seed: write A-B with A <= B");
    }
  }

  /** Reads {@code A-B}. */
  static SeedRange parse(String text) {
    int dash = text.indexOf('-', 1);
    try {
      if (dash > 0) {
        return new SeedRange(
            Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
      }
    } catch (NumberFormatException e) {
      throw CommandFailed.usage("--seeds takes two numbers such as 1-100, not '" + text + "'", e);
    }
    throw CommandFailed.usage("--seeds takes two numbers such as 1-100, not '" + text + "'");
  }

  long size() {
    return last - first + 1;
  }
}
