package io.synod.api.plugin;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import java.util.random.RandomGenerator;

/**
 * What every layer of a node may use. One per node; all of it belongs to the node's loop.
 *
 * @param self the node's id
 * @param incarnation its store's
 * @param founders the configuration of era 0
 * @param random seeded by whoever runs the node
 */
public record LayerContext(
    NodeId self, Incarnation incarnation, Configuration founders, Effects effects, Clock clock,
    Timers timers, RandomGenerator random, Events events, Settings settings) {}
