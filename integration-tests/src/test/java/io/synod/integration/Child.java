package io.synod.integration;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The command line in a JVM of its own, which never outlives the JVM of the tests. */
final class Child implements AutoCloseable {
  /** Long enough for a machine that is busy with other things; nothing waits for it to pass. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a finished command left. */
  record Result(int exit, String out, String err) {
    /** The JSON object of {@code --json}. */
    String lastLine() {
      List<String> lines = out.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** What the command itself says on stderr, without the log. */
    List<String> sentences() {
      return err.lines().filter(line -> line.startsWith("synod: ")).toList();
    }
  }

  private final Process process;
  private final Path out;
  private final Path err;
  private final Thread end;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** Starts a command in a directory, where its output is kept too. */
  static Child start(Path directory, String... arguments) {
    return start(directory, List.of(), arguments);
  }

  /** The same with other people's plugins on the class path. */
  static Child start(Path directory, List<Path> plugins, String... arguments) {
    try {
      Path out = Files.createTempFile(directory, "synod-", ".out");
      Path err = Files.createTempFile(directory, "synod-", ".err");
      ProcessBuilder builder = new ProcessBuilder(command(plugins, arguments))
          .directory(directory.toFile())
          .redirectOutput(out.toFile())
          .redirectError(err.toFile());
      return new Child(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  static Result run(Path directory, String... arguments) {
    try (Child child = start(directory, arguments)) {
      return child.result();
    }
  }

  private static List<String> command(List<Path> plugins, String... arguments) {
    StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
    plugins.forEach(jar -> classPath.append(File.pathSeparator).append(jar));
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
        // Many short lives: the quick compiler pays, the thorough one does not.
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m",
        "-cp", classPath.toString(), "io.synod.server.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the line that says that all ports listen. */
  String awaitReady() {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
        .until(() -> readyLine().isPresent() || !process.isAlive());
    return readyLine().orElseThrow(() -> new AssertionError("not ready: " + result()));
  }

  private Optional<String> readyLine() {
    return text(out).lines().filter(line -> line.startsWith("ready ")).findFirst();
  }

  /** Waits for the end. */
  Result result() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still runs after " + PATIENCE + ": " + text(err));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    return new Result(process.exitValue(), text(out), text(err));
  }

  /** All that it said on stderr so far. */
  String log() {
    return text(err);
  }

  /** SIGTERM, and waits for the end. */
  Result terminate() {
    process.destroy();
    return result();
  }

  /** SIGKILL. */
  void signalKill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    result();
    if (Thread.currentThread() != end) {
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
