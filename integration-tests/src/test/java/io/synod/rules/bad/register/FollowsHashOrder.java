package io.synod.rules.bad.register;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

final class FollowsHashOrder {
  Map<String, String> map() {
    return new HashMap<>();
  }

  Supplier<Map<String, String>> reference() {
    return HashMap::new;
  }

  Set<String> set(Collection<String> all) {
    return new HashSet<>(all);
  }

  Object identity() {
    return new IdentityHashMap<String, String>();
  }

  Set<String> setOf() {
    return Set.of("a", "b");
  }

  Map<String, String> mapOf() {
    return Map.of("a", "b");
  }

  Set<String> copy(List<String> list) {
    return Set.copyOf(list);
  }

  Set<String> toSet(List<String> list) {
    return list.stream().collect(Collectors.toSet());
  }

  Map<String, List<String>> grouped(List<String> list) {
    return list.stream().collect(Collectors.groupingBy(text -> text));
  }

  List<String> parallel(List<String> list) {
    return list.parallelStream().toList();
  }
}
