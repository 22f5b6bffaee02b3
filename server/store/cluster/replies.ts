import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { SessionRecord, TermView } from '../changes.ts';
import type { Extension, NewSession } from '../newSession.ts';

/** What a function of the library replies. */
export type Reply = Buffer | number | null | readonly Reply[];

/** A session as its hash has it, without its keys. */
export interface StoredFacts {
  readonly name: string;
  readonly shared: boolean;
  readonly createdAtMs: number;
  readonly changedAtMs: number | undefined;
  readonly bytes: number;
  readonly term: TermView | undefined;
  readonly extension: Extension | undefined;
}

/** The field that no key can be. */
const metaField = 0xff;

/** Bits of the flags of a session, as the library has them. */
const bits = { shared: 1, term: 2, deletes: 4, extension: 8, onSetAdd: 16, onGet: 32 };

/** What the library needs to make a session. */
export function argsOf(session: NewSession): string[] {
  return [String(flagsOf(session)), String(session.expiry?.durationSec ?? ''), session.name];
}

/** What the library needs to make a session again with the times that it had. */
export function timedArgsOf({ term, createdAtMs, ...session }: SessionRecord): string[] {
  const expiry = term && { durationSec: term.durationSec, deleteSession: term.deleteSession };
  return [...argsOf({ ...session, expiry }), String(createdAtMs), String(term?.startMs ?? '')];
}

function flagsOf({ shared, expiry, extension }: NewSession): number {
  let flags = shared ? bits.shared : 0;
  if (expiry) flags += bits.term + (expiry.deleteSession ? bits.deletes : 0);
  if (extension) {
    flags += bits.extension;
    flags += (extension.onSetAdd ? bits.onSetAdd : 0) + (extension.onGet ? bits.onGet : 0);
  }
  return flags;
}

export function extensionOf(flags: number): Extension | undefined {
  if ((flags & bits.extension) === 0) return undefined;
  return { onSetAdd: (flags & bits.onSetAdd) !== 0, onGet: (flags & bits.onGet) !== 0 };
}

export function isShared(flags: number): boolean {
  return (flags & bits.shared) !== 0;
}

/** Reads what the library has packed. */
export function readFacts(meta: Buffer): StoredFacts {
  const flags = meta.readUInt8(0);
  const createdAtMs = meta.readDoubleBE(1);
  const bytes = meta.readUIntBE(15, 6);
  const changedMs = meta.readUIntBE(21, 6);
  const hasTerm = (flags & bits.term) !== 0;
  return {
    name: meta.toString('utf8', hasTerm ? 42 : 27),
    shared: isShared(flags),
    createdAtMs,
    changedAtMs: changedMs > 0 ? createdAtMs + changedMs : undefined,
    bytes,
    term: hasTerm ? readTerm(meta, flags) : undefined,
    extension: extensionOf(flags),
  };
}

function readTerm(meta: Buffer, flags: number): TermView {
  const startMs = meta.readDoubleBE(27);
  const durationSec = meta.readUInt8(35) * 2 ** 48 + meta.readUIntBE(36, 6);
  return termFrom({ startMs, durationSec, deleteSession: (flags & bits.deletes) !== 0 });
}

function termFrom(term: Omit<TermView, 'deadlineMs'>): TermView {
  return { ...term, deadlineMs: term.startMs + term.durationSec * 1000 };
}

/** A term as a change has it. */
export function termOfText(text: string): TermView | undefined {
  if (text === '') return undefined;
  const [startMs, durationSec, deletes] = text.split(' ').map(Number);
  return termFrom({
    startMs: startMs ?? 0,
    durationSec: durationSec ?? 0,
    deleteSession: deletes === 1,
  });
}

export function textOf(reply: Reply | undefined): string {
  return reply instanceof Buffer ? reply.toString('utf8') : '';
}

export function listOf(reply: Reply | undefined): readonly Reply[] {
  return isList(reply) ? reply : [];
}

function isList(reply: Reply | undefined): reply is readonly Reply[] {
  return Array.isArray(reply);
}

export function numberOf(reply: Reply | undefined): number {
  return typeof reply === 'number' ? reply : Number(textOf(reply));
}

/** A value without its place; undefined for a key that is not there. */
export function valueOf(stored: Reply | undefined): JsonText | undefined {
  if (!(stored instanceof Buffer)) return undefined;
  return asJsonText(stored.toString('utf8', stored.indexOf(' ') + 1));
}

/** Keys with their values, in order. */
export interface StoredKeys {
  readonly keys: string[];
  readonly values: JsonText[];
}

/** Reads all fields of a hash: those that are keys, in order. */
export function readKeys(fields: readonly Reply[]): StoredKeys {
  const entries: { place: number; key: Buffer; stored: Buffer; cut: number }[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const [key, stored] = [fields[at], fields[at + 1]];
    if (!(key instanceof Buffer) || !(stored instanceof Buffer) || isMeta(key)) continue;
    const cut = stored.indexOf(' ');
    entries.push({ place: Number(stored.toString('latin1', 0, cut)), key, stored, cut });
  }
  entries.sort((one, other) => one.place - other.place);
  return {
    keys: entries.map(({ key }) => key.toString('utf8')),
    values: entries.map(({ stored, cut }) => asJsonText(stored.toString('utf8', cut + 1))),
  };
}

function isMeta(field: Buffer): boolean {
  return field.length === 1 && field[0] === metaField;
}

export function tokensOf(reply: Reply): Token[] {
  return listOf(reply).map((token) => textOf(token) as Token); // As the store wrote them.
}
