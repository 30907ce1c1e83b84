/**
 * Quorum systems: which acceptors suffice to read and which to write. One small class per system,
 * one per plugin; {@link io.synod.quorum.IntersectionCheck} shows why a broken one is refused.
 */
package io.synod.quorum;
