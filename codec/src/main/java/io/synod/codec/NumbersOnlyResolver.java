package io.synod.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;

/**
 * Knows types by number only. Kryo's own resolver would look up a class whose name arrives from
 * the wire before it finds that the class is not registered.
 */
final class NumbersOnlyResolver extends DefaultClassResolver {
  @Override
  protected Registration readName(Input input) {
    throw new KryoException("a type by name");
  }
}
