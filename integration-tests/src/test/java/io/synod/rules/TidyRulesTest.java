package io.synod.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tidy rule fails on a bad sample, on the right line, and not on its good neighbour. */
class TidyRulesTest {
  private static final String MAIN = "modules/quorum/src/main/java/io/synod/quorum/A.java";
  private static final String TEST = "modules/quorum/src/test/java/io/synod/quorum/ATest.java";

  @ParameterizedTest
  @ValueSource(strings = {"Thread.sleep(1);", "Thread\n.sleep(1);", "TimeUnit.DAYS.sleep(1);"})
  void refusesSleep(String statement) {
    assertThat(check(TEST, "\n" + statement)).containsExactly("2 sleeps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"// Thread.sleep(1)", "/* Thread.sleep(1) */", "\"Thread.sleep(1)\";"})
  void readsNeitherCommentsNorLiterals(String text) {
    assertThat(check(TEST, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"synchronized (this) {}", "private volatile int x;"})
  void refusesLocksInAlgorithmsOnly(String text) {
    assertThat(check(MAIN, text)).containsExactly("1 one loop runs the algorithms");
    assertThat(check("reconfig/src/main/java/io/synod/reconfig/A.java", text)).hasSize(1);
    assertThat(check("runtime/src/main/java/io/synod/runtime/A.java", text)).isEmpty();
    assertThat(check(TEST, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private static final Map<String, A> ALL = new ConcurrentHashMap<>();",
        "static final List<A> ALL =\n new ArrayList<>();",
        "static final java.util.Map<A, B> ALL = new java.util.EnumMap<>(A.class);",
        "static final AtomicLong NEXT = new AtomicLong();",
        "static final Random RANDOM = new Random(1);"
      })
  void refusesStaticStateOutsideTheServer(String field) {
    assertThat(check(MAIN, field)).containsExactly("1 static state");
    assertThat(check("server/src/main/java/io/synod/server/A.java", field)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private static final Pattern ONE = Pattern.compile(\"new ArrayList\");",
        "static final List<A> ALL = List.of();",
        "static List<A> all() { return new ArrayList<>(); }"
      })
  void letsConstantsBe(String field) {
    assertThat(check(MAIN, field)).isEmpty();
  }

  @Test
  void refusesPathsOfOneMachine() {
    for (String directory : List.of("work", "root", "home")) {
      String text = "a\nb=/" + directory + "/x";
      assertThat(check("docs/a.md", text)).containsExactly("2 names a path of one machine");
    }
    assertThat(check("docs/a.md", "frame/works, https://example.org/home/x")).isEmpty();
  }

  @Test
  void refusesRegistryHosts() {
    for (String host : List.of("repo.maven.apache." + "org", "repo1.maven." + "org")) {
      assertThat(check("docs/a.md", "https://" + host + "/x"))
          .containsExactly("1 names a registry's host");
    }
    assertThat(check("pom.xml", "http://maven.apache.org/POM/4.0.0")).isEmpty();
  }

  @Test
  void refusesLongFiles() {
    String lines = "#\n".repeat(400);
    assertThat(check("synod", lines)).isEmpty();
    assertThat(check("synod", lines + "#\n")).containsExactly("401 has 401 lines, more than 400");
    assertThat(check("docs/a.md", lines + "#\n")).isEmpty();
    assertThat(check(TEST, "// x\n".repeat(400))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@SuppressWarnings(\"unchecked\")", "@Disabled\n"})
  void refusesSuppressionsWithoutReason(String annotation) {
    assertThat(check(TEST, annotation)).containsExactly("1 suppresses without a reason");
    assertThat(check(TEST, "// as written\n" + annotation)).isEmpty();
  }

  @Test
  void letsAReasonStandInTheLine() {
    assertThat(check(TEST, "@SuppressWarnings(\"unchecked\") // checked when written")).isEmpty();
    assertThat(check(TEST, "@Disabled(\"needs a second disk\")")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "api, io.synod.api",
    "modules/quorum, io.synod.quorum",
    "storage-plugins/file, io.synod.storage.file",
    "transport-plugins/netty, io.synod.transport.netty",
    "examples/embedding, io.synod.examples.embedding",
    "testkit, io.synod.testkit",
    "integration-tests, io.synod"
  })
  void everyModuleHasItsPackage(String module, String expected) {
    assertThat(TidyRules.packageOf(module)).isEqualTo(expected);
  }

  @Test
  void refusesAnotherModulesPackage() {
    String path = "modules/quorum/src/main/java/io/synod/register/A.java";
    assertThat(findings(path, "package io.synod.register;")).containsExactly("1 is in package");
    assertThat(findings(MAIN, "package io.synod.register;")).containsExactly("1 is in package");
    assertThat(findings(MAIN, "package io.synod.quorum;")).isEmpty();
    assertThat(findings(MAIN, "")).containsExactly("1 is in package");
  }

  @Test
  void blanksTextBlocksAndEscapes() {
    String source = "a = \"\"\"\n x \"y\" // z\n \"\"\"; b = \"\\\"c\"; d = '\"'; // e\nf";
    assertThat(JavaText.codeOnly(source).lines().map(String::strip))
        .containsExactly("a = \"\"\"", "", "\"\"\"; b = \"   \"; d = ' ';", "f");
  }

  /** With the package that the path asks for. */
  private static List<String> check(String path, String text) {
    SourceFile file = new SourceFile(path, text);
    return findings(
        path, file.isJava() ? text + "\npackage " + file.packageName() + ";" : text);
  }

  /** Line and message up to its first colon or quote. */
  private static List<String> findings(String path, String text) {
    return TidyRules.check(new SourceFile(path, text)).stream()
        .map(finding -> finding.line() + " " + finding.message().split("(:| ')", 2)[0])
        .toList();
  }
}
