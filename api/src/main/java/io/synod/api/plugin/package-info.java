/** How options are found, described, configured and created. */
package io.synod.api.plugin;
