package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the nodes of a run replicate and what clients ask of it.
 *
 * @param machine makes the instances, one for each life of a node and some more for comparison
 * @param model makes what their answers are compared with, given the log in order
 * @param commands draws one command
 * @param queries draws one query, or null if the machine is never queried
 * @param state the state of an instance as bytes, equal for equal states
 * @param history how to read requests as operations on keys, or null if they are not such
 */
record Application(
    Supplier<? extends StateMachine> machine, Supplier<? extends StateMachine> model,
    Function<RandomGenerator, byte[]> commands, Function<RandomGenerator, byte[]> queries,
    Function<StateMachine, byte[]> state, HistoryFormat history) {}
