package io.synod.quorum;

import java.util.Arrays;
import java.util.List;

/**
 * The fractional packing of sets: the greatest sum of weights, one for each set, such that the sets
 * that contain an element do not weigh more than that element bears. A linear program, solved by
 * the simplex method from the empty packing, with Bland's rule where a step gains nothing. Pure.
 */
final class Packing {
  private static final double TINY = 1e-9;

  private final double[][] rows;
  private final double[] bears;
  private final double[] gain;
  private final int[] basis;
  private final int sets;
  private double value;
  private boolean stuck;

  private Packing(List<int[]> members, double[] capacity) {
    int elements = capacity.length;
    sets = members.size();
    rows = new double[elements][sets + elements];
    bears = capacity.clone();
    gain = new double[sets + elements];
    basis = new int[elements];
    Arrays.fill(gain, 0, sets, 1);
    for (int set = 0; set < sets; set++) {
      for (int element : members.get(set)) {
        rows[element][set] = 1;
      }
    }
    for (int element = 0; element < elements; element++) {
      rows[element][sets + element] = 1;
      basis[element] = sets + element;
    }
  }

  /** The sum, and the weight of each set. */
  record Solution(double value, double[] weights) {}

  /** Packs sets, each given by its elements' indices; no set may be empty. */
  static Solution of(List<int[]> sets, double[] capacity) {
    Packing packing = new Packing(sets, capacity);
    int entering = packing.entering();
    while (entering >= 0) {
      packing.pivot(packing.leaving(entering), entering);
      entering = packing.entering();
    }
    return packing.solution();
  }

  /** The set that gains most; the first that gains anything where the last step did not. */
  private int entering() {
    int best = -1;
    for (int column = 0; column < gain.length; column++) {
      if (gain[column] > (best < 0 ? TINY : gain[best])) {
        best = column;
        if (stuck) {
          return best;
        }
      }
    }
    return best;
  }

  /** Every set has an element, so that some row bounds every column. */
  private int leaving(int column) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows.length; row++) {
      if (rows[row][column] > TINY) {
        double ratio = bears[row] / rows[row][column];
        boolean first = best < 0 || ratio < least - TINY
            || ratio < least + TINY && basis[row] < basis[best];
        best = first ? row : best;
        least = first ? ratio : least;
      }
    }
    return best;
  }

  private void pivot(int row, int column) {
    double by = rows[row][column];
    for (int i = 0; i < gain.length; i++) {
      rows[row][i] /= by;
    }
    bears[row] /= by;
    for (int other = 0; other < rows.length; other++) {
      double times = rows[other][column];
      if (other != row && times != 0) {
        subtract(rows[other], rows[row], times);
        bears[other] = Math.max(0, bears[other] - times * bears[row]);
      }
    }
    double gained = gain[column] * bears[row];
    subtract(gain, rows[row], gain[column]);
    value += gained;
    stuck = gained <= TINY;
    basis[row] = column;
  }

  private static void subtract(double[] from, double[] row, double times) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * row[i];
    }
  }

  private Solution solution() {
    double[] weights = new double[sets];
    for (int row = 0; row < rows.length; row++) {
      if (basis[row] < sets) {
        weights[basis[row]] = bears[row];
      }
    }
    return new Solution(value, weights);
  }
}
