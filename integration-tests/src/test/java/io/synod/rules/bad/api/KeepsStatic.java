package io.synod.rules.bad.api;

final class KeepsStatic {
  static int counter;

  static {
    counter = 3;
  }

  private KeepsStatic() {}
}
