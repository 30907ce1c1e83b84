package io.synod.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** Directed links that one fault cuts together and joins again. */
final class LinkSet {
  /** One direction between two nodes, by index. */
  record Link(int from, int to) {}

  private final List<Link> links = new ArrayList<>();

  LinkSet add(int from, int to) {
    if (from != to) {
      links.add(new Link(from, to));
    }
    return this;
  }

  LinkSet addBoth(int a, int b) {
    return add(a, b).add(b, a);
  }

  List<Link> links() {
    return links;
  }
}
