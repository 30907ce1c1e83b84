/** What a node knows of eras, the same for every authority. */
package io.synod.reconfig.eras;
