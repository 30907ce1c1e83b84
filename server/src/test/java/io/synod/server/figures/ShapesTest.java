package io.synod.server.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is said of the curves follows from their numbers. */
class ShapesTest {
  private static Curve curve(String name, double... ys) {
    TreeMap<Integer, Double> points = new TreeMap<>();
    for (int i = 0; i < ys.length; i++) {
      points.put(3 + i, ys[i]);
    }
    return Curve.of(name, points);
  }

  @Test
  void fastAgainstRegular() {
    Curve regular = curve("regular", 100, 50);
    Curve consecutive = curve("consecutive", 150, 150);
    assertThat(RegularAgainstFast.algorithms(regular, curve("fast", 200, 150), consecutive).shape())
        .isEqualTo("Fast delivers 2.00 times what regular does at 3 processes and 3.00 times at 4"
            + " (the paper: fast is higher; here: yes); from 3 to 4 processes regular goes to 0.50"
            + " and fast to 0.75 of where it was (the paper: both fall; here: yes).");
    assertThat(RegularAgainstFast.algorithms(regular, curve("fast", 200, 40), consecutive).shape())
        .contains("fast is higher; here: no");
    assertThat(RegularAgainstFast.algorithms(regular, curve("fast", 200, 210), consecutive).shape())
        .contains("both fall; here: no");
    assertThat(RegularAgainstFast.algorithms(
        curve("regular", 9, 9, 8), curve("fast", 20, 5, 10), curve("consecutive", 9)).shape())
        .as("lower in between").contains("fast is higher; here: no");
    assertThat(RegularAgainstFast
        .algorithms(curve("regular", 100), curve("fast", 50), curve("consecutive", 50)).shape())
        .isEqualTo("Fast delivers 0.50 times what regular does at 3 processes"
            + " (the paper: fast is higher; here: no).");
  }

  @Test
  void whoBroadcasts() {
    assertThat(RegularAgainstFast.broadcasters(List.of(
        curve("leader", 10), curve("another", 15), curve("others", 20), curve("all", 30))).shape())
        .contains("2.00 and all 3.00 times", "1.50 times what", "lowest; here: yes",
            "12 processes on; here: yes")
        .doesNotContain("here: no");
    assertThat(RegularAgainstFast.broadcasters(List.of(
        curve("leader", 10), curve("another", 5), curve("others", 20), curve("all", 15))).shape())
        .contains("lowest; here: no", "12 processes on; here: no");
  }

  @Test
  void concurrentInstancesGainLessAsTheLoadGrows() {
    TreeMap<Integer, List<Curve>> measured = new TreeMap<>();
    measured.put(3, List.of(curve("concurrent", 10, 40, 30), curve("consecutive", 10, 10, 20)));
    measured.put(5, List.of(curve("concurrent", 10, 20, 40), curve("consecutive", 10, 20, 20)));
    List<Plot> plots = ConcurrentAgainstConsecutive.plots(measured);
    assertThat(plots).extracting(Plot::id).containsExactly("24a", "24b");
    assertThat(plots.get(0).shape())
        .contains("1.00 times what", "at most 4.00 times with 4", "1.50 times with 5", "here: yes");
    assertThat(plots.get(1).shape()).contains("as the load grows; here: no")
        .endsWith("The greatest gain is 4.00 times at 3 processes and 2.00 at 5"
            + " (the paper: the more processes, the less difference; here: yes).");
  }

  @Test
  void theRateOfTheBestThroughput() {
    Curve falls = curve("3 processes", 9, 12, 12.5, 6);
    assertThat(BestThroughput.plot(List.of(3), List.of(falls)).shape())
        .contains("best at 5 broadcasts/s each", "delivered up to 4,", "at 6 throughput is 0.48",
            "here: yes");
    assertThat(BestThroughput.plot(List.of(3), List.of(curve("3 processes", 9, 12))).shape())
        .contains("here: no");
  }

  @Test
  void whatForcedLogsCost() {
    assertThat(ForcedLogs.batches(curve("forced", 10), curve("none", 12)).shape())
        .contains("1.20 times", "minimal; here: yes");
    assertThat(ForcedLogs.batches(curve("forced", 10), curve("none", 30)).shape())
        .contains("minimal; here: no");
    assertThat(ForcedLogs.perMessage(curve("forced", 10), curve("none", 30), 1.2).shape())
        .contains("3.00 times", "here: yes");
    assertThat(ForcedLogs.batches(curve("forced", 0), curve("none", 0)).shape())
        .contains("? times", "here: no");
    assertThat(ForcedLogs.perMessage(curve("forced", 10), curve("none", 11), 1.2).shape())
        .contains("here: no");
  }

  @Test
  void recoveryGrowsWithWhatIsRetrieved() {
    TreeMap<Integer, Double> millis = new TreeMap<>();
    millis.put(1_000, 100.0);
    millis.put(11_000, 150.0);
    assertThat(RecoveryTime.plot(Curve.of("recovery", millis)).shape())
        .isEqualTo("From 1,000 to 11,000 messages retrieved recovery goes from 100 to 150 ms,"
            + " 5.00 ms more for each thousand (the paper: it grows with the number of messages"
            + " retrieved; here: yes).");
    assertThat(RecoveryTime.plot(curve("recovery", 9)).shape()).contains("back after 9 ms");
  }

  @Test
  void aPlotHasARowForEachX() {
    Plot plot = new Plot("9", "t", new Plot.Axes("x", "y", false),
        List.of(curve("a", 1, 2.25), curve("b, c", 7)), "");
    assertThat(plot.csv()).containsExactly("\"x\",\"a\",\"b, c\"", "3,1.0,7.0", "4,2.3,");
    assertThat(plot.fileName("csv")).isEqualTo("figure-9.csv");
  }
}
