/** From the fewest lines to the most: each level includes those before it. */
export const logLevels = /** @type {const} */ (['silent', 'error', 'warn', 'info', 'debug']);
