/** From the fewest lines to the most: each level includes those before it. */
export const logLevels = /** @type {const} */ (['silent', 'error', 'warn', 'info', 'debug']);

/** `auto`: text on a terminal, JSON elsewhere. */
export const logFormats = /** @type {const} */ (['auto', 'text', 'json']);
