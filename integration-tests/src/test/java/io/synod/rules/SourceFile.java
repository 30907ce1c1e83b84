package io.synod.rules;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the tree.
 *
 * @param path from the root, with forward slashes
 */
record SourceFile(String path, String text) {
  private static final Pattern JAVA_FILE =
      Pattern.compile("(?<module>.+)/src/(?<set>main|test)/java/(?<package>.*?)/?[^/]+\\.java");

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  boolean isMainJava() {
    Matcher file = JAVA_FILE.matcher(path);
    return file.matches() && file.group("set").equals("main") && !name().equals("module-info.java");
  }

  /** The module's directory; empty for a file that is no module's Java source. */
  String module() {
    Matcher file = JAVA_FILE.matcher(path);
    return file.matches() ? file.group("module") : "";
  }

  /** The package its directory stands for. */
  String packageName() {
    Matcher file = JAVA_FILE.matcher(path);
    return file.matches() ? file.group("package").replace('/', '.') : "";
  }

  /** Whether it belongs to a project of its own, with packages of its own. */
  boolean isForeign() {
    return path.startsWith("examples/third-party/");
  }

  boolean isAlgorithm() {
    return isMainJava() && (module().startsWith("modules/") || module().startsWith("reconfig"));
  }

  boolean isScript() {
    return path.matches("synod|\\.ci/.*|.*\\.(sh|py)");
  }

  List<String> lines() {
    return text.lines().toList();
  }
}
