/** Both ends belong to it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the numbers among the settings may be (`docs/protocol.md` §10). */
export const ranges = {
  port: { from: 0, to: 65_535 },
  maxPayload: { from: 64, to: 2_097_152 },
} as const satisfies Record<string, Range>;
