/** Makes a failing run smaller while it still fails, and tells what led to the failure. */
package io.synod.testkit.shrink;
