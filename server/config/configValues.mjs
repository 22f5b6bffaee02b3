/** What the numbers among the settings may be (`docs/protocol.md` §10). Both ends belong to it. */
export const ranges = {
  port: { from: 0, to: 65_535 },
  maxPayload: { from: 64, to: 2_097_152 },
};

/** From silent to talkative: each level includes those before it. */
export const logLevels = /** @type {const} */ (['silent', 'error', 'warn', 'info', 'debug']);
