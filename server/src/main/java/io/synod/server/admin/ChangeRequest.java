package io.synod.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synod.api.membership.Change;
import io.synod.api.membership.Seat;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change of members as the body of {@code POST /members} and {@code POST /members/plan}: a JSON
 * object with {@code kind} (add, remove, replace, set, quorum, mode), what goes with it ({@code id}
 * of who leaves, {@code seats} of who comes, {@code spec} of the quorums, which {@code set} may
 * have too, {@code mode} of consensus), and {@code expectedEra} if the change is meant for that era
 * only.
 */
public record ChangeRequest(Optional<Era> expected, Change change) {
  private static final String EXAMPLE = "{\"kind\":\"replace\",\"id\":\"n2\","
      + "\"seats\":[\"n4@host:7374\"],\"expectedEra\":0}";
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Reads a body; an IllegalArgumentException names the field at fault. */
  static ChangeRequest parse(byte[] body) {
    ObjectNode fields = object(body);
    String kind = text(fields, "kind");
    Set<String> known = new LinkedHashSet<>(List.of("kind", "expectedEra"));
    known.addAll(fieldsOf(kind));
    fields.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("unknown field '" + name + "'; a change of kind " + kind
            + " has " + String.join(", ", known));
      }
    });
    return new ChangeRequest(era(fields), change(kind, fields));
  }

  private static List<String> fieldsOf(String kind) {
    return switch (kind) {
      case "add" -> List.of("seats");
      case "set" -> List.of("seats", "spec");
      case "remove" -> List.of("id");
      case "replace" -> List.of("id", "seats");
      case "quorum" -> List.of("spec");
      case "mode" -> List.of("mode");
      default -> throw new IllegalArgumentException("no change is of kind '" + kind
          + "'; known are add, remove, replace, set, quorum, mode");
    };
  }

  private static Change change(String kind, ObjectNode fields) {
    return switch (kind) {
      case "add" -> new Change.Add(seat(fields));
      case "remove" -> new Change.Remove(NodeId.of(text(fields, "id")));
      case "replace" -> new Change.Replace(NodeId.of(text(fields, "id")), seat(fields));
      case "set" -> fields.has("spec")
          ? new Change.Whole(seats(fields), text(fields, "spec")) : new Change.Set(seats(fields));
      case "mode" -> new Change.Mode(ConsensusMode.parse(text(fields, "mode")));
      default -> new Change.Quorum(text(fields, "spec"));
    };
  }

  private static ObjectNode object(byte[] body) {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("expected a JSON object as the body, such as " + EXAMPLE);
  }

  private static String text(ObjectNode fields, String name) {
    return text(fields.path(name), "'" + name + "'");
  }

  private static String text(JsonNode value, String what) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("expected a text as " + what + ", as in " + EXAMPLE);
    }
    return value.textValue();
  }

  private static Seat seat(ObjectNode fields) {
    List<Seat> seats = seats(fields);
    if (seats.size() != 1) {
      throw new IllegalArgumentException("expected one seat in 'seats', not " + seats.size());
    }
    return seats.get(0);
  }

  private static List<Seat> seats(ObjectNode fields) {
    JsonNode given = fields.path("seats");
    if (!given.isArray()) {
      throw new IllegalArgumentException("expected a list as 'seats', as in " + EXAMPLE);
    }
    List<Seat> seats = new ArrayList<>();
    given.forEach(seat -> seats.add(Seat.parse(text(seat, "each of 'seats'"))));
    return seats;
  }

  private static Optional<Era> era(ObjectNode fields) {
    JsonNode era = fields.path("expectedEra");
    if (era.isMissingNode() || era.isNull()) {
      return Optional.empty();
    }
    if (!era.isIntegralNumber() || !era.canConvertToLong()) {
      throw new IllegalArgumentException("expected a whole number as 'expectedEra', not " + era);
    }
    return Optional.of(new Era(era.longValue()));
  }

  /** The body that {@link #parse} reads. */
  public byte[] toJson() {
    ObjectNode fields = MAPPER.createObjectNode();
    if (change instanceof Change.Add add) {
      put(fields, "add", List.of(add.seat()));
    } else if (change instanceof Change.Remove remove) {
      fields.put("kind", "remove").put("id", remove.id().name());
    } else if (change instanceof Change.Replace replace) {
      put(fields, "replace", List.of(replace.seat())).put("id", replace.old().name());
    } else if (change instanceof Change.Set set) {
      put(fields, "set", set.seats());
    } else if (change instanceof Change.Whole whole) {
      put(fields, "set", whole.seats()).put("spec", whole.spec());
    } else if (change instanceof Change.Quorum quorum) {
      fields.put("kind", "quorum").put("spec", quorum.spec());
    } else if (change instanceof Change.Mode mode) {
      fields.put("kind", "mode").put("mode", mode.mode().label());
    } else {
      throw new IllegalStateException("no JSON for " + change);
    }
    expected.ifPresent(era -> fields.put("expectedEra", era.number()));
    try {
      return MAPPER.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a change cannot be written as JSON", e);
    }
  }

  private static ObjectNode put(ObjectNode fields, String kind, List<Seat> seats) {
    fields.put("kind", kind);
    seats.forEach(seat -> fields.withArray("seats").add(seat.toString()));
    return fields;
  }
}
