package io.synod.server.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.server.cli.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The answer of {@code GET /members}, for people. */
final class Members {
  /** What stands for the first store under an id, whichever it is. */
  private static final String FIRST = "0";

  private Members() {}

  static void print(JsonNode members, PrintWriter out) {
    out.println("era " + members.path("era").asText() + ", quorum "
        + members.path("quorum").asText() + mode(members) + ", as "
        + members.path("node").asText() + " knows it");
    if (members.hasNonNull("pending")) {
      JsonNode pending = members.path("pending");
      out.println("era " + members.path("made").asText() + " is made and not active yet: "
          + ids(pending.path("members")) + ", quorum " + pending.path("quorum").asText()
          + mode(pending));
    }
    if (members.hasNonNull("change")) {
      out.println("a change is on its way: " + members.path("change").asText());
    }
    out.println();
    Table table = new Table("member", "role", "leader", "address", "store", "heard", "decided",
        "lag", "era recorded");
    for (JsonNode member : members.path("members")) {
      row(table, member, member.path("role").asText(), member.path("address").asText());
    }
    for (JsonNode other : members.path("others")) {
      row(table, other, "no member", null);
    }
    table.print(out);
    for (JsonNode member : members.path("members")) {
      if (member.hasNonNull("store") && !member.path("incarnation").asText().equals(FIRST)
          && !member.path("store").equals(member.path("incarnation"))) {
        out.println(member.path("id").asText() + " answers with another store than its era names:"
            + " 'replace' it by itself, or it does not vote");
      }
    }
    if (!members.path("node").equals(members.path("leader"))) {
      out.println("the leader hears best, and " + (members.path("leader").isTextual()
          ? "that is " + members.path("leader").asText() : "none is known here"));
    }
    out.flush();
  }

  private static void row(Table table, JsonNode member, String role, String address) {
    table.row(member.path("id").asText(), role, member.path("leader").asBoolean() ? "leader" : "",
        address, text(member, "store"), member.path("heard").asBoolean() ? "yes" : "no",
        text(member, "decided"), text(member, "lag"), text(member, "recorded"));
  }

  private static String mode(JsonNode configuration) {
    String mode = text(configuration, "mode");
    return mode == null ? "" : ", mode " + mode;
  }

  /** A field as it is, or null. */
  static String text(JsonNode fields, String name) {
    return fields.hasNonNull(name) ? fields.path(name).asText() : null;
  }

  /** The ids of members, or the ids that these are. */
  static String ids(JsonNode members) {
    List<String> ids = new ArrayList<>();
    members.forEach(member -> ids.add(
        member.isTextual() ? member.asText() : member.path("id").asText()));
    return String.join(", ", ids);
  }

  /** What a change waits for, in one line: its own words, then how far newcomers have come. */
  static String waitingFor(JsonNode members) {
    StringBuilder text = new StringBuilder(
        members.hasNonNull("change") ? members.path("change").asText() : "waiting");
    for (JsonNode other : members.path("others")) {
      if (other.hasNonNull("decided")) {
        long decided = other.path("decided").asLong();
        text.append("; ").append(other.path("id").asText()).append(" has ").append(decided)
            .append(" of ").append(decided + other.path("lag").asLong());
      }
    }
    return text.toString();
  }

  /** A field for JSON. */
  static Object orNull(JsonNode value) {
    return value.isMissingNode() ? null : value;
  }

  /** A list for JSON. */
  static Object orEmpty(JsonNode value) {
    return value.isArray() ? value : List.of();
  }
}
