import { createHash } from 'node:crypto';
import type { SessionRecord } from '../store/changes.ts';

/** A checksum of all that a session is: its names, times, keys in order, and values as written. */
export function digestOf(record: SessionRecord): string {
  const { token, name, shared, createdAtMs, term, extension, keys, values } = record;
  const expiry = term && [term.startMs, term.durationSec, term.deleteSession];
  const facts = [shared, createdAtMs, ...(expiry ?? [''])];
  const extends_ = extension ? [extension.onSetAdd, extension.onGet] : [''];
  const hash = createHash('sha256');
  for (const part of [token, name, ...facts, ...extends_, ...keys, ...values]) {
    const text = String(part);
    // With its length before it, so that no two lists of parts give the same text.
    hash.update(`${text.length}:${text}`);
  }
  return hash.digest('hex');
}

/** One checksum of many sessions, whatever their order. */
export class DigestSum {
  readonly #sum = Buffer.alloc(8);

  add(digest: string): void {
    const next = Buffer.from(digest.slice(0, 16), 'hex').readBigUInt64BE();
    this.#sum.writeBigUInt64BE(BigInt.asUintN(64, this.#sum.readBigUInt64BE() + next));
  }

  get text(): string {
    return this.#sum.toString('hex');
  }
}
