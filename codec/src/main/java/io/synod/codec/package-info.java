/**
 * The bytes of messages and journal records: Kryo with registered types only. Every field has a
 * hand-written place; {@link io.synod.codec.WireIds} is the one list of type numbers.
 */
package io.synod.codec;
