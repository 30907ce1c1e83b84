package io.synod.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what the build compiles. */
class ReadmeTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/synod/examples/embedding/Counter.java");
  private static final Path README = Path.of("../../README.md");

  @Test
  void theReadmeShowsTheExampleToTheLetter() throws IOException {
    assertThat(Files.readString(README)).contains("```java\n" + Files.readString(SOURCE) + "```");
  }

  @Test
  void embeddingTakesAtMostFortyLines() throws IOException {
    assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(40);
  }
}
