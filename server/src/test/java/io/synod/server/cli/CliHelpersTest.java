package io.synod.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CliHelpersTest {
  @Test
  void aTableAlignsTextLeftAndNumbersRight() {
    StringWriter text = new StringWriter();
    new Table("name", "count").row("a", 5).row("long name", 12345).row(null, "x|y")
        .print(new PrintWriter(text));
    assertThat(text.toString().lines()).containsExactly(
        "name       count", "---------  -----", "a              5", "long name  12345",
        "-          x|y");
    StringWriter markdown = new StringWriter();
    new Table("k").row("x|y").printMarkdown(new PrintWriter(markdown));
    assertThat(markdown.toString().lines()).containsExactly("| k |", "| --- |", "| x\\|y |");
    assertThatThrownBy(() -> new Table("a").row(1, 2)).hasMessageContaining("2 cells");
  }

  @Test
  void aJsonLineIsOneLineInOrderWithNulls() {
    assertThat(new JsonLine().put("b", 1).put("a", null).put("c", List.of("x\ny")).toString())
        .isEqualTo("{\"b\":1,\"a\":null,\"c\":[\"x\\ny\"]}");
  }

  @Test
  void progressIsSilentUnlessShown() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress hidden = new Progress(new PrintStream(bytes), false)) {
      hidden.show("one");
    }
    assertThat(bytes.size()).isZero();
    try (Progress shown = new Progress(new PrintStream(bytes), true)) {
      shown.show("three");
      shown.show("one");
    }
    assertThat(bytes).hasToString("\rthree\rone  \r   \r");
  }
}
