/**
 * Plugins by somebody else: a storage and an election, over the api and the JDK alone. They are
 * short on purpose; each says what one for production would do besides.
 */
package com.example.synod;
