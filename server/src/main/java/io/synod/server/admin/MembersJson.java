package io.synod.server.admin;

import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.MembershipStatus;
import io.synod.api.membership.MembershipStatus.Standing;
import io.synod.api.membership.Plan;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.node.NodeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Members, changes and plans as fields of JSON; {@code members[]} is the same everywhere. */
final class MembersJson {
  private MembersJson() {}

  static Map<String, Object> status(
      NodeStatus node, MembershipStatus status, Optional<String> change) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", node.node().name());
    fields.put("leader", node.leader().map(NodeId::name).orElse(null));
    fields.put("era", status.active().number());
    fields.put("made", status.made().number());
    fields.put("quorum", status.configuration().quorum());
    fields.put("mode", mode(status.configuration()));
    fields.put("members", standing(status.configuration(), node, status.standings()));
    fields.put("pending", status.pending().map(MembersJson::configuration).orElse(null));
    fields.put("others", others(node, status));
    fields.put("change", change.orElse(null));
    return fields;
  }

  static Map<String, Object> active(ChangeOutcome.Active active, long millis) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("era", active.era().number());
    fields.putAll(configuration(active.configuration()));
    fields.put("activeMillis", millis);
    fields.put("safeToStop", names(active.safeToStop()));
    return fields;
  }

  static Map<String, Object> plan(Plan plan, Optional<String> refusal) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("era", plan.expected().number());
    fields.put("before", strength(plan.before()));
    fields.put("during", strength(plan.during()));
    fields.put("after", strength(plan.after()));
    List<Map<String, Object>> copies = new ArrayList<>();
    plan.copies().forEach(copy -> copies.add(Map.of("to", copy.to().name(),
        "bytes", copy.bytes(), "instances", copy.instances())));
    fields.put("copies", copies);
    List<String> refusals = new ArrayList<>(plan.refusals());
    refusal.ifPresent(refusals::add);
    fields.put("refusals", refusals);
    fields.put("warnings", plan.warnings());
    return fields;
  }

  private static Map<String, Object> strength(Plan.Strength strength) {
    Map<String, Object> fields = configuration(strength.configuration());
    fields.put("tolerates", strength.tolerates());
    fields.put("silent", names(strength.silent()));
    fields.put("smallestLoss", names(strength.smallestLoss()));
    return fields;
  }

  private static Map<String, Object> configuration(Configuration configuration) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("members", configuration.members().stream().map(MembersJson::member).toList());
    fields.put("quorum", configuration.quorum());
    fields.put("mode", mode(configuration));
    return fields;
  }

  /** Null where each node's file says it. */
  static String mode(Configuration configuration) {
    return configuration.mode().map(ConsensusMode::label).orElse(null);
  }

  /** Who a member is: {@code incarnation} is the store that its era names, 0 for the first. */
  static Map<String, Object> member(Member member) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", member.id().name());
    fields.put("role", member.role().name().toLowerCase(Locale.ROOT));
    fields.put("address", member.acceptor().toString());
    fields.put("incarnation", member.incarnation().toString());
    return fields;
  }

  private static List<Map<String, Object>> standing(
      Configuration configuration, NodeStatus node, List<Standing> standings) {
    List<Map<String, Object>> members = new ArrayList<>();
    for (Member member : configuration.members()) {
      Map<String, Object> fields = member(member);
      fields.put("leader", node.leader().filter(member.id()::equals).isPresent());
      Standing said = standings.stream().filter(s -> s.id().equals(member.id())).findFirst()
          .orElse(new Standing(member.id(), Optional.empty(), Optional.empty(),
              Optional.empty(), Optional.empty()));
      fields.putAll(said(said, node.decided()));
      members.add(fields);
    }
    return members;
  }

  private static List<Map<String, Object>> others(NodeStatus node, MembershipStatus status) {
    List<Map<String, Object>> others = new ArrayList<>();
    for (Standing standing : status.standings()) {
      if (status.configuration().member(standing.id()).isEmpty()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", standing.id().name());
        fields.putAll(said(standing, node.decided()));
        others.add(fields);
      }
    }
    return others;
  }

  private static Map<String, Object> said(Standing standing, InstanceId decided) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("store", standing.store().map(Object::toString).orElse(null));
    fields.put("heard", standing.isHeard());
    fields.put("silentMillis", standing.silence().map(Duration::toMillis).orElse(null));
    fields.put("decided", standing.decided().map(InstanceId::number).orElse(null));
    fields.put("lag", standing.decided().map(d -> Math.max(0, decided.minus(d))).orElse(null));
    fields.put("recorded", standing.recorded().map(era -> era.number()).orElse(null));
    return fields;
  }

  private static List<String> names(List<NodeId> ids) {
    return ids.stream().map(NodeId::name).toList();
  }
}
