package io.synod.testkit.trace;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.OneC;
import io.synod.api.model.Vote;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Describes messages and durable records by their components, so that a new one needs no code
 * here. The text is a function of the content alone, never of identity.
 */
final class Contents {
  private static final int LONGEST_LIST = 4;

  private String ballot;
  private Long first;
  private Long last;
  private Long era;

  private Contents() {}

  /** What this message or record is about. */
  static TraceEvent.Content of(Record content) {
    Contents found = new Contents();
    String text = found.components(content);
    return new TraceEvent.Content(
        content.getClass().getSimpleName(), found.ballot, found.first, found.last, found.era,
        text);
  }

  private String components(Record content) {
    StringJoiner text = new StringJoiner(" ");
    for (RecordComponent component : content.getClass().getRecordComponents()) {
      Object value = value(component, content);
      note(value);
      text.add(component.getName() + "=" + text(value));
    }
    return text.toString();
  }

  private static Object value(RecordComponent component, Record content) {
    try {
      return component.getAccessor().invoke(content);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a component of a public record can be read", e);
    }
  }

  /** The first instance named begins the range, a list right after it extends it. */
  private void note(Object value) {
    if (value instanceof Ballot b) {
      ballot = ballot == null ? b.toString() : ballot;
    } else if (value instanceof Era e) {
      era = e.number();
    } else if (value instanceof InstanceId instance && first == null) {
      range(instance.number(), instance.number());
    } else if (value instanceof OneC oneC) {
      ballot = oneC.ballot().toString();
      era = oneC.era().number();
      range(oneC.low().number(), oneC.low().number() + Math.max(0, oneC.window().size() - 1));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(this::note);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      noteList(list);
    }
  }

  private void noteList(List<?> list) {
    if (list.get(0) instanceof Vote from) {
      range(from.instance().number(), ((Vote) list.get(list.size() - 1)).instance().number());
    } else if (first != null) {
      last = first + list.size() - 1;
    }
  }

  private void range(long from, long to) {
    first = from;
    last = to;
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes #" + Integer.toHexString(Arrays.hashCode(bytes));
    } else if (value instanceof List<?> list) {
      return list(list);
    } else if (value instanceof Map<?, ?> map) {
      StringJoiner text = new StringJoiner(",", "{", "}");
      map.forEach((key, each) -> text.add(text(key) + ":" + text(each)));
      return text.toString();
    } else if (value instanceof Optional<?> optional) {
      return optional.map(Contents::text).orElse("none");
    } else if (value instanceof OneC oneC) {
      return oneC.ballot() + " era " + oneC.era() + " low " + oneC.low() + " window "
          + list(oneC.window());
    } else if (value instanceof Vote vote) {
      return vote.instance() + ":" + vote.ballot() + ":" + vote.value();
    }
    return String.valueOf(value);
  }

  private static String list(List<?> list) {
    StringJoiner text = new StringJoiner(",", "[", "]");
    list.stream().limit(LONGEST_LIST).forEach(each -> text.add(text(each)));
    if (list.size() > LONGEST_LIST) {
      text.add("and " + (list.size() - LONGEST_LIST) + " more");
    }
    return text.toString();
  }
}
