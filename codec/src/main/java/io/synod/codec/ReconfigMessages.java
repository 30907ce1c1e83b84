package io.synod.codec;

import com.esotericsoftware.kryo.KryoException;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.message.ReconfigMessage.AskChange;
import io.synod.api.message.ReconfigMessage.ChangeNews;
import io.synod.api.message.ReconfigMessage.EraActive;
import java.util.Optional;

/** How the messages about eras and changes of members are written. */
final class ReconfigMessages {
  private static final byte NONE = 0;
  private static final byte ACTIVE = 1;
  private static final byte REFUSED = 2;
  private static final byte NOT_LEADER = 3;
  private static final byte INDETERMINATE = 4;

  private ReconfigMessages() {}

  static void register(Registry registry) {
    registry.add(WireIds.ERA_ACTIVE, EraActive.class,
        (out, m) -> {
          out.era(m.era());
          out.configuration(m.configuration());
        },
        in -> new EraActive(in.era(), in.configuration()));
    registry.add(WireIds.ASK_CHANGE, AskChange.class,
        (out, m) -> {
          out.any(m.number());
          out.era(m.expected());
          out.configuration(m.wanted());
        },
        in -> new AskChange(in.any(), in.era(), in.configuration()));
    registry.add(WireIds.CHANGE_NEWS, ChangeNews.class,
        (out, m) -> {
          out.any(m.number());
          out.text(m.doing());
          writeOutcome(out, m.outcome());
        },
        in -> new ChangeNews(in.any(), in.text(), readOutcome(in)));
  }

  private static void writeOutcome(WireOutput out, Optional<ChangeOutcome> outcome) {
    ChangeOutcome known = outcome.orElse(null);
    if (known == null) {
      out.writeByte(NONE);
    } else if (known instanceof ChangeOutcome.Active active) {
      out.writeByte(ACTIVE);
      out.era(active.era());
      out.configuration(active.configuration());
      out.nodes(active.safeToStop());
    } else if (known instanceof ChangeOutcome.Refused refused) {
      out.writeByte(REFUSED);
      out.text(refused.reason());
    } else if (known instanceof ChangeOutcome.NotLeader notLeader) {
      out.writeByte(NOT_LEADER);
      out.optionalNode(notLeader.leader());
    } else if (known instanceof ChangeOutcome.Indeterminate indeterminate) {
      out.writeByte(INDETERMINATE);
      out.text(indeterminate.reason());
    }
  }

  private static Optional<ChangeOutcome> readOutcome(WireInput in) {
    byte kind = in.readByte();
    return switch (kind) {
      case NONE -> Optional.empty();
      case ACTIVE -> Optional.of(
          new ChangeOutcome.Active(in.era(), in.configuration(), in.nodes()));
      case REFUSED -> Optional.of(new ChangeOutcome.Refused(in.text()));
      case NOT_LEADER -> Optional.of(new ChangeOutcome.NotLeader(in.optionalNode()));
      case INDETERMINATE -> Optional.of(new ChangeOutcome.Indeterminate(in.text()));
      default -> throw new KryoException("no outcome of a change has the number " + kind);
    };
  }
}
