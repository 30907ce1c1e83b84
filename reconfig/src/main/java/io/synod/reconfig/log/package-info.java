/** The authority {@code log}: configurations are decided by the replicated log itself. */
package io.synod.reconfig.log;
