/** Making fair-lossy links usable: what is not answered is sent again. */
package io.synod.link;
