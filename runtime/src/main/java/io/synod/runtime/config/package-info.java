/**
 * From files, environment and overrides to a {@link io.synod.runtime.config.NodeConfig}: every
 * value typed and within its range, one plugin chosen for each slot, all errors told together.
 *
 * <p>Precedence, the stronger first: {@code -D key=value}, environment ({@code SYNOD_LINK_RESEND}
 * stands for {@code synod.link.resend}; dots and dashes become underscores), file, variant,
 * default. In a properties file a later line of another (included) file wins over an earlier one;
 * the same key twice in one file is an error.
 */
package io.synod.runtime.config;
