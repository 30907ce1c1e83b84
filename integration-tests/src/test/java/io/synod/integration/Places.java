package io.synod.integration;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Members that are no processes, below a directory. */
final class Places {
  private Places() {}

  static Path disk(Path directory, int number) {
    return directory.resolve("disks").resolve("d" + number);
  }

  static Stream<String> disks(Path directory, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "d" + i + "@disk://" + disk(directory, i));
  }

  /** Whichever process is first at one serves it to the others. */
  static String database(Path directory, int number) {
    return "jdbc:h2:" + directory.resolve("b" + number) + ";AUTO_SERVER=TRUE";
  }

  static Stream<String> databases(Path directory, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "b" + i + "@" + database(directory, i));
  }
}
