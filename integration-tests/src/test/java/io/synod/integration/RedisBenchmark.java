package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The load generator that comes with Redis; a test that needs it is skipped where it is not. */
final class RedisBenchmark implements AutoCloseable {
  private static final String PROGRAM = "redis-benchmark";

  private final Process process;
  private final Path out;

  private RedisBenchmark(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  /** SET, GET and INCR, so often each, with 50 connections and 16 requests in flight on each. */
  static RedisBenchmark start(Path directory, int port, int requests) {
    assumeTrue(onPath(), PROGRAM
        + " is not installed (Debian package redis-tools): nothing was tested");
    try {
      Path out = Files.createTempFile(directory, PROGRAM, ".out");
      return new RedisBenchmark(new ProcessBuilder(PROGRAM, "-h", "127.0.0.1",
          "-p", Integer.toString(port), "-t", "set,get,incr", "-c", "50", "-P", "16",
          "-n", Integer.toString(requests), "-q")
          .redirectErrorStream(true).redirectOutput(out.toFile()).start(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for the end, which must be a good one; returns what it said. */
  String result() {
    try {
      assertThat(process.waitFor(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(PROGRAM + " ends in time").isTrue();
      String said = Files.readString(out);
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static boolean onPath() {
    for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(entry, PROGRAM))) {
        return true;
      }
    }
    return false;
  }
}
