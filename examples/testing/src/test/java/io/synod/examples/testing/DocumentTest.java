package io.synod.examples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/testing.md shows is what the build runs. */
class DocumentTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/synod/examples/testing/RaffleTest.java");
  private static final Path DOCUMENT = Path.of("../../docs/testing.md");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theDocumentShowsTheTestToTheLetter() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
    assertThat(example.find()).isTrue();
    assertThat(Files.readString(SOURCE)).contains(example.group(1));
  }
}
