import type { Inspector } from '../inspector/inspector.ts';

/** Until the server has told its own limit. */
const defaultBytes = 2_097_152;

/** UTF-8 bytes that the server accepts in one message. */
export function maxPayloadBytes({ store }: Pick<Inspector, 'store'>): number {
  return store.getState().server?.maxPayloadBytes ?? defaultBytes;
}
