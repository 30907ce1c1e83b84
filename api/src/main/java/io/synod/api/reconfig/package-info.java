/** Who says which configuration comes next. */
package io.synod.api.reconfig;
