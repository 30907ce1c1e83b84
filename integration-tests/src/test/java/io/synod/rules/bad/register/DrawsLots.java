package io.synod.rules.bad.register;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

final class DrawsLots {
  Random unseeded() {
    return new Random();
  }

  Supplier<Random> reference() {
    return Random::new;
  }

  Object splittable() {
    return new SplittableRandom();
  }

  Object generator() {
    return RandomGenerator.getDefault();
  }

  int local() {
    return ThreadLocalRandom.current().nextInt();
  }

  Object secure() {
    return new SecureRandom();
  }

  double math() {
    return Math.random();
  }

  UUID uuid() {
    return UUID.randomUUID();
  }

  void shuffle(List<String> list) {
    Collections.shuffle(list);
  }
}
