package io.synod.register.passive;

import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Vote;
import io.synod.api.passive.Area;
import io.synod.api.passive.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of an answer that one area alone would give, once the others have been read: a
 * refusal if somebody has promised more, else the maximum over all areas.
 *
 * @param adopted the highest era of a 1c in the own area
 * @param heldByMost how far the decided prefix is safe without this acceptor
 */
record Answer(Incarnation store, View others, Era adopted, InstanceId heldByMost) {
  /** Empty if nothing may be said. */
  Optional<Reply> after(Reply own) {
    if (own instanceof Nack) {
      return Optional.of(own);
    } else if (own.ballot().before(others.promised())) {
      return Optional.of(new Nack(own.ballot(), store, others.promised()));
    } else if (own instanceof Promise promise) {
      return Optional.of(merged(promise));
    } else if (adopted.compareTo(others.adopted()) < 0) {
      return Optional.empty(); // somebody has stored a 1c of a later era: as if this came after it
    } else if (own instanceof Stored stored) {
      return Optional.of(new Stored(stored.ballot(), store, heldByMost));
    }
    return Optional.of(own);
  }

  private Promise merged(Promise own) {
    InstanceId kept = InstanceId.max(own.kept(), others.kept());
    Map<Era, Configuration> configurations = new TreeMap<>(others.configurations());
    configurations.putAll(own.configurations());
    List<Vote> votes = Area.highest(own.votes(), others.votes()).stream()
        .filter(vote -> !vote.instance().before(kept)).toList();
    return new Promise(
        own.ballot(), store, own.founding(), kept,
        InstanceId.max(own.floor(), others.floor()), Era.max(own.active(), others.active()),
        Era.max(own.adopted(), others.adopted()), configurations, votes);
  }
}
