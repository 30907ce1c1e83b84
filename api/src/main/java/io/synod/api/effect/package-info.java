/**
 * What an algorithm may ask of the world: persist, send, timers, time, snapshots. Implemented
 * once by the runtime and once by the simulator.
 */
package io.synod.api.effect;
