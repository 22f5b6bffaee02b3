import type { InspectorView } from '../inspector/inspectorView.ts';

/** Until the server has told its own limit. */
const defaultBytes = 2_097_152;

/** UTF-8 bytes that the server accepts in one message. */
export function maxPayloadBytes(view: Pick<InspectorView, 'server'> | undefined): number {
  return view?.server?.maxPayloadBytes ?? defaultBytes;
}
