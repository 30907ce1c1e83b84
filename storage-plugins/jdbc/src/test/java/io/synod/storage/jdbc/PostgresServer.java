package io.synod.storage.jdbc;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A PostgreSQL server of the tests' own on a free port: Debian's, or else the one that comes as a
 * jar. PostgreSQL does not run as root, so root runs it as somebody else.
 *
 * <p>For the tests of other modules too, which find it in this module's test jar. One thread at a
 * time; every method waits until the server has done what it says.
 */
public final class PostgresServer implements AutoCloseable {
  /** "jar" takes the jar's, whatever is installed. */
  private static final String CHOICE = "synod.test.postgres";
  private static final String BUNDLE = "/postgres-linux-x86_64.txz";
  private static final long PATIENCE_SECONDS = 180;
  private static final int EXECUTABLE = 0100;

  private final Path directory;
  private final Path programs;
  private final Optional<String> user;
  private final int port;
  private boolean running;

  private PostgresServer(Path directory, Path programs, Optional<String> user, int port) {
    this.directory = directory;
    this.programs = programs;
    this.user = user;
    this.port = port;
  }

  /** Starts one; says why if that cannot be. */
  public static PostgresServer start() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("synod-postgres");
    try {
      Path programs = programs(directory);
      Optional<String> user = somebody(directory);
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      PostgresServer server = new PostgresServer(directory, programs, user, port);
      server.make();
      server.up();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      delete(directory);
      throw e;
    }
  }

  private static Path programs(Path directory) throws IOException {
    Path debian = Path.of("/usr/lib/postgresql");
    if (!"jar".equals(System.getProperty(CHOICE)) && Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        Optional<Path> newest = versions.map(version -> version.resolve("bin"))
            .filter(bin -> Files.isExecutable(bin.resolve("initdb"))).max(
                Comparator.naturalOrder());
        if (newest.isPresent()) {
          return newest.get();
        }
      }
    }
    return unpacked(directory.resolve("programs"));
  }

  private static Path unpacked(Path into) throws IOException {
    InputStream bundle = PostgresServer.class.getResourceAsStream(BUNDLE);
    if (bundle == null || !"amd64".equals(System.getProperty("os.arch"))
        || !"Linux".equals(System.getProperty("os.name"))) {
      throw new IOException("no PostgreSQL is installed, and the jar's is for Linux on amd64");
    }
    try (TarArchiveInputStream in = new TarArchiveInputStream(
        new XZCompressorInputStream(new BufferedInputStream(bundle)))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        unpack(in, entry, into.resolve(entry.getName()));
      }
    }
    return into.resolve("bin");
  }

  private static void unpack(TarArchiveInputStream in, TarArchiveEntry entry, Path to)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(to);
      return;
    }
    Files.createDirectories(to.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(in, to);
    if ((entry.getMode() & EXECUTABLE) != 0) {
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Whom root gives the directory to. */
  private static Optional<String> somebody(Path directory) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.empty();
    }
    var users = FileSystems.getDefault().getUserPrincipalLookupService();
    String name = Files.isDirectory(Path.of("/var/lib/postgresql")) ? "postgres" : "nobody";
    Files.setOwner(directory, users.lookupPrincipalByName(name));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Optional.of(name);
  }

  private void make() throws IOException, InterruptedException {
    run("initdb", "-D", data(), "-U", "synod", "-A", "trust", "-E", "UTF8", "--locale=C",
        "--no-sync");
    Files.writeString(directory.resolve("data").resolve("postgresql.conf"),
        "\nport = " + port + "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
            + "shared_buffers = 16MB\n", StandardOpenOption.APPEND);
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  /** Starts it, again if it was stopped. */
  public void up() throws IOException, InterruptedException {
    run("pg_ctl", "-D", data(), "-w", "-t", "120", "-l", directory.resolve("data/log").toString(),
        "start");
    running = true;
  }

  /** Stops it at once, as if the power went. */
  public void down() throws IOException, InterruptedException {
    run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    running = false;
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    user.ifPresent(name -> command.addAll(List.of("runuser", "-u", name, "--")));
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    File said = directory.resolve(program + ".out").toFile();
    Process process = new ProcessBuilder(command).directory(directory.toFile())
        .redirectErrorStream(true).redirectOutput(said).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + ": " + Files.readString(said.toPath()));
    }
  }

  /** The database that is there from the start, as the user who may do everything. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=synod";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      if (running) {
        down();
      }
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
