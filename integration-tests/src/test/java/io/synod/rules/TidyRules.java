package io.synod.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be read off one file alone, beyond what Checkstyle knows. */
final class TidyRules {
  private static final int LINES_MAX = 400;

  private static final Pattern SLEEP =
      Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b|\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep\\b");

  private static final Pattern LOCK = Pattern.compile("\\b(synchronized|volatile)\\b");

  private static final Pattern MUTABLE_CONSTANT =
      Pattern.compile(
          "\\bstatic\\s+final\\s+[^;={(]+=\\s*new\\s+(\\w+\\s*\\.\\s*)*"
              + "((Concurrent|Linked|Tree|Hash|Enum|Identity|Weak|Array|CopyOnWrite)\\w*"
              + "(Map|Set|List|Deque|Queue)|Atomic\\w+|LongAdder|StringBuilder|Random)\\b");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.])/(?:work|root|home)/[\\w.~-]");

  private static final Pattern REGISTRY_HOST =
      Pattern.compile(
          "repo1?\\.maven\\.(apache\\.)?org|\\bpypi\\.(org|io)|registry\\.npmjs|docker\\.io"
              + "|(static\\.)?crates\\.io|proxy\\.golang\\.org|rubygems\\.org|jitpack\\.io");

  private static final Pattern SUPPRESSION =
      Pattern.compile("@SuppressWarnings\\b|@Disabled(?!\\w)(?!\\s*\\()");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

  /** One thing wrong. */
  record Finding(String path, int line, String message) {
    @Override
    public String toString() {
      return path + ":" + line + ": " + message;
    }
  }

  private final List<Finding> findings = new ArrayList<>();
  private final SourceFile file;
  private final String code;

  private TidyRules(SourceFile file) {
    this.file = file;
    this.code = file.isJava() ? JavaText.codeOnly(file.text()) : file.text();
  }

  static List<Finding> check(SourceFile file) {
    TidyRules rules = new TidyRules(file);
    rules.everyFile();
    if (file.isJava()) {
      rules.everyJavaFile();
    }
    return rules.findings;
  }

  private void everyFile() {
    refuse(file.text(), MACHINE_PATH, "names a path of one machine");
    refuse(file.text(), REGISTRY_HOST, "names a registry's host");
    int lines = file.lines().size();
    if ((file.isJava() || file.isScript()) && lines > LINES_MAX) {
      add(lines, "has " + lines + " lines, more than " + LINES_MAX);
    }
  }

  private void everyJavaFile() {
    refuse(code, SLEEP, "sleeps: wait for the event, or move the clock");
    if (file.isAlgorithm()) {
      refuse(code, LOCK, "one loop runs the algorithms: no locks in them");
    }
    if (file.isMainJava() && !file.module().equals("server")) {
      refuse(code, MUTABLE_CONSTANT, "static state: two nodes must fit into one JVM");
    }
    suppressionsHaveReasons();
    if (!file.isForeign()) {
      packageFitsModule();
    }
  }

  private void suppressionsHaveReasons() {
    Matcher suppression = SUPPRESSION.matcher(code);
    while (suppression.find()) {
      int line = lineOf(code, suppression.start());
      boolean commented =
          file.lines().get(line - 1).contains("//")
              || line > 1 && file.lines().get(line - 2).strip().startsWith("//");
      if (!commented) {
        add(line, "suppresses without a reason: say why in a comment on or above the line");
      }
    }
  }

  private void packageFitsModule() {
    if (file.module().isEmpty() || file.name().equals("module-info.java")) {
      return;
    }
    Matcher declared = PACKAGE.matcher(code);
    String name = declared.find() ? declared.group(1) : "";
    String expected = packageOf(file.module());
    Predicate<String> below = prefix -> name.equals(prefix) || name.startsWith(prefix + ".");
    if (!name.equals(file.packageName())) {
      add(1, "is in package '" + name + "' but in the directory of " + file.packageName());
    } else if (!below.test(expected)) {
      add(1, "is in package '" + name + "' but its module's is " + expected);
    }
  }

  /** The package of a module's directory: storage-plugins/file has io.synod.storage.file. */
  static String packageOf(String module) {
    if (module.equals("integration-tests")) {
      return "io.synod";
    }
    return "io.synod."
        + module
            .replaceFirst("^modules/", "")
            .replaceFirst("-plugins/", "/")
            .replace('/', '.');
  }

  private void refuse(String text, Pattern pattern, String message) {
    Matcher match = pattern.matcher(text);
    while (match.find()) {
      add(lineOf(text, match.start()), message);
    }
  }

  private void add(int line, String message) {
    findings.add(new Finding(file.path(), line, message));
  }

  private static int lineOf(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
