/** The options of the slot register. */
package io.synod.register.plugin;
