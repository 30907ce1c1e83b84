package io.synod.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of the project as they lie on disk, without what a build or an editor leaves there. */
final class SourceTree {
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".idea", ".vscode", ".settings", "data");

  private SourceTree() {}

  /** The directory of the parent pom, from wherever the tests were started. */
  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve("config/checkstyle"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not started inside the project");
      }
    }
    return directory;
  }

  static List<SourceFile> read(Path root) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isOurs(root, directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && isOurs(root, file)) {
              // Any byte is a character of this set; those the rules look for are the same in all.
              String text = Files.readString(file, StandardCharsets.ISO_8859_1);
              if (text.indexOf('\0') < 0) {
                files.add(new SourceFile(relative(root, file), text));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  static Set<String> directoriesIn(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> children = Files.list(directory)) {
      children
          .filter(child -> Files.exists(child.resolve("pom.xml")))
          .forEach(child -> names.add(child.getFileName().toString()));
    }
    return names;
  }

  private static boolean isOurs(Path root, Path path) {
    // A package may have the name of something that is not ours elsewhere.
    return path.equals(root)
        || relative(root, path).contains("src/main/java/")
        || !NOT_OURS.contains(path.getFileName().toString());
  }

  private static String relative(Path root, Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
