import type { InspectorView } from './inspectorView.ts';

/** Until the server has sent its limit. */
const defaultMaxBytes = 2_097_152;

/** UTF-8 bytes that the server accepts in one message. */
export function maxPayloadBytes(view: Pick<InspectorView, 'server'> | undefined): number {
  return view?.server?.maxPayloadBytes ?? defaultMaxBytes;
}
