package io.synod.runtime.config;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;
import org.apache.commons.configuration2.interpol.DefaultLookups;

/**
 * Fills in {@code ${env:NAME}}, {@code ${sys:name}}, {@code ${another.key}} and, where none is
 * known, {@code ${…:-this}}. Nothing else that Commons Configuration could look up is offered: a
 * configuration file does not read other files or class constants.
 */
final class Interpolation {
  private static final Pattern LEFT = Pattern.compile("\\$\\{([^}]*)}");

  private final ConfigurationInterpolator interpolator = new ConfigurationInterpolator();

  Interpolation(Map<String, String> environment, Function<String, String> keys) {
    interpolator.registerLookup("env", environment::get);
    interpolator.registerLookup("sys", DefaultLookups.SYSTEM_PROPERTIES.getLookup());
    interpolator.addDefaultLookup(keys::apply);
  }

  /** The text filled in; the exception's message says what is not known. */
  String fill(String text) {
    if (!text.contains("${")) {
      return text;
    }
    String filled;
    try {
      filled = String.valueOf(interpolator.interpolate(text));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("refers to itself in '" + text + "'", e);
    }
    Matcher left = LEFT.matcher(filled);
    if (left.find()) {
      throw new IllegalArgumentException(
          "refers to ${" + left.group(1) + "}, which is not known; set it or give a default"
              + " as in ${" + left.group(1) + ":-value}");
    }
    return filled;
  }
}
