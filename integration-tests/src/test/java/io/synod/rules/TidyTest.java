package io.synod.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tidy rules, on every file of the project. */
class TidyTest {
  private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
  private static final String FOREIGN = "examples/third-party";
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>");

  @Test
  void everyFileIsTidy() throws IOException {
    List<TidyRules.Finding> findings = new ArrayList<>();
    List<SourceFile> files = SourceTree.read(SourceTree.root());
    files.forEach(file -> findings.addAll(TidyRules.check(file)));

    assertThat(files).extracting(SourceFile::path).contains("pom.xml", "synod", ".ci/run");
    assertThat(findings).isEmpty();
  }

  @Test
  void theRulesSeeEveryModule() throws IOException {
    Path root = SourceTree.root();
    String here = Files.readString(root.resolve("integration-tests/pom.xml"));
    Matcher module = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
    List<String> unseen = new ArrayList<>();
    while (module.find()) {
      if (module.group(1).startsWith("benchmarks/") || module.group(1).equals(FOREIGN)) {
        continue; // other systems, other people's plugins: not for the class path of the build
      }
      String artifact = artifactOf(root.resolve(module.group(1)).resolve("pom.xml"));
      if (!here.contains("<artifactId>" + artifact + "</artifactId>")) {
        unseen.add(artifact);
      }
    }
    assertThat(unseen).as("modules that integration-tests/pom.xml does not depend on").isEmpty();
  }

  private static String artifactOf(Path pom) throws IOException {
    Matcher artifact = ARTIFACT.matcher(Files.readString(pom));
    assertThat(artifact.find()).as(pom + " names its artifact after its parent").isTrue();
    return artifact.group(1);
  }
}
