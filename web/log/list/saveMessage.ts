import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';

/** Hands a message to the browser as a file, byte for byte. */
export function saveMessage(entry: SentEntry | ReceivedEntry): void {
  const { binary } = entry;
  const name = (entry.name || 'message').replace(/[^\w-]+/g, '_').slice(0, 60);
  const content = binary ? new Uint8Array(binary) : entry.text;
  const type = binary ? 'application/octet-stream' : 'text/plain';
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}-${entry.id}.${binary ? 'bin' : entry.name === '' ? 'txt' : 'json'}`;
  link.click();
  URL.revokeObjectURL(url);
}
