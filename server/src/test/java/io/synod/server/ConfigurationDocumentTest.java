package io.synod.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of keys in the documentation is the one that the command prints. */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/configuration.md");

  @Test
  void theDocumentHoldsWhatTheCommandPrints() throws IOException {
    StringWriter printed = new StringWriter();
    Main.commandLine().setOut(new PrintWriter(printed, true))
        .execute("config", "--format", "markdown");

    assertThat(printed.toString()).contains("synod.variant");
    assertThat(Files.readString(DOCUMENT))
        .as("renew the table by ./synod config --format markdown").endsWith(printed.toString());
  }
}
