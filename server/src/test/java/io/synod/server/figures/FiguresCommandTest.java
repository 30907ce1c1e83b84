package io.synod.server.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FiguresCommandTest {
  @TempDir
  private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int figures(String... options) {
    return new CommandLine(new FiguresCommand()).setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err)).execute(options);
  }

  private List<String> xs(String id) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("out/figure-" + id + ".csv"));
    int columns = lines.get(0).split("\",\"", -1).length;
    List<String> xs = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertThat(cells).as(line).hasSize(columns);
      assertThat(Stream.of(cells).mapToDouble(Double::parseDouble)).as(line)
          .allMatch(value -> value >= 0);
      xs.add(cells[0]);
    }
    return xs;
  }

  @Test
  void measuresEveryFigureAndWritesNumbersAndPictures() throws IOException {
    Path target = directory.resolve("out");
    assertThat(figures("--out", target.toString(), "--processes", "3", "--seconds", "0.1",
        "--rates", "20,50", "--messages", "50,100", "--directory",
        directory.resolve("data").toString(), "--json")).as(err.toString()).isZero();

    List<String> lines = out.toString().lines().toList();
    JsonNode json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    List<Path> files = new ArrayList<>();
    json.get("files").forEach(file -> files.add(Path.of(file.asText())));
    List<String> plots = List.of("23a", "23b", "24a", "25", "26a", "26b", "27");
    List<Path> expected = new ArrayList<>();
    for (String plot : plots) {
      expected.add(target.resolve("figure-" + plot + ".csv"));
      expected.add(target.resolve("figure-" + plot + ".png"));
      BufferedImage picture = ImageIO.read(expected.get(expected.size() - 1).toFile());
      assertThat(picture.getWidth()).isGreaterThan(picture.getHeight());
      assertThat(json.get("shapes").get(plot).asText()).isNotEmpty();
    }
    expected.add(target.resolve("README.md"));
    assertThat(files).isEqualTo(expected).allSatisfy(file -> assertThat(file).exists());
    for (String plot : List.of("23a", "23b", "26a", "26b")) {
      assertThat(xs(plot)).as(plot).containsExactly("3");
    }
    assertThat(xs("24a")).containsExactly("1", "4", "16", "64", "256", "1024");
    assertThat(xs("25")).containsExactly("20", "50");
    assertThat(xs("27")).containsExactly("50", "100");
    assertThat(Files.readString(target.resolve("README.md")))
        .contains("(figure-24a.png)", json.get("shapes").get("27").asText());
    assertThat(directory.resolve("data")).isEmptyDirectory();
  }

  @Test
  void saysWhichOptionIsWrong() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(figures()).isNotZero();
    assertThat(err.toString()).contains("--out");
    assertThat(figures("--out", file.toString())).isNotZero();
    assertThat(err.toString()).contains("--out " + file);
    String target = directory.resolve("out").toString();
    assertThat(figures("--out", target, "--figure", "22")).isNotZero();
    assertThat(err.toString()).contains("--figure 22");
    assertThat(figures("--out", target, "--processes", "3,11")).isNotZero();
    assertThat(err.toString()).contains("--processes 11");
    assertThat(figures("--out", target, "--seconds", "0")).isNotZero();
    assertThat(err.toString()).contains("--seconds 0");
    assertThat(directory.resolve("out")).doesNotExist();
  }
}
