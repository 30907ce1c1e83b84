package io.synod.testkit.sim;

/** How the delays of messages are distributed around a mean. */
enum DelayShape {
  /** Exponential: most are short, few are long. */
  EXPONENTIAL {
    @Override
    long draw(SeededRandom random, long mean) {
      return random.exponential(mean);
    }
  },
  /** Always the mean: rounds of messages meet again and again. */
  CONSTANT {
    @Override
    long draw(SeededRandom random, long mean) {
      return mean;
    }
  },
  /** Anything from nothing to twice the mean. */
  UNIFORM {
    @Override
    long draw(SeededRandom random, long mean) {
      return random.nextLong(2 * mean + 1);
    }
  },
  /** Pareto with exponent 1.5: now and then a hundred times the mean, at most a thousand. */
  HEAVY_TAIL {
    @Override
    long draw(SeededRandom random, long mean) {
      double far = StrictMath.pow(1.0 - random.nextDouble(), -1 / 1.5) - 1;
      return (long) (mean * Math.min(far, 1000.0) / 2);
    }
  };

  abstract long draw(SeededRandom random, long mean);
}
