import { quote } from '../../protocol/json/jsonText.ts';

/** Commands that a load can be made of. */
export type LoadCommand = 'KV_SET' | 'KV_GET' | 'SH_INFO';

/** What each request of a load is. */
export interface LoadKind {
  readonly command: LoadCommand;
  /** In each request; SH_INFO has none. */
  readonly keys: number;
  readonly valueBytes: number;
}

/** Keys of a session under load; requests name them in turn. */
const keysEach = 100;

/**
 * The requests of one session, in bursts of `inFlight`. Over all bursts, every key is named equally often.
 * @param tkn The token of the session.
 */
export function requestsOf(kind: LoadKind, tkn: string, inFlight: number): string[][] {
  const count = kind.command === 'SH_INFO' ? 1 : Math.ceil(keysEach / inFlight);
  return Array.from({ length: count }, (_, burst) =>
    Array.from({ length: inFlight }, (__, at) =>
      requestOf(kind, tkn, (burst * inFlight + at) * kind.keys),
    ),
  );
}

/** A request for some keys from that number on. */
function requestOf({ command, keys, valueBytes }: LoadKind, tkn: string, first: number): string {
  const names = Array.from({ length: keys }, (_, at) => nameOf((first + at) % keysEach));
  switch (command) {
    case 'KV_SET': {
      const entries = names.map((name) => `"${name}":${valueOf(name, valueBytes)}`);
      return `{"KV_SET":{"tkn":"${tkn}","keys":{${entries.join(',')}}}}`;
    }
    case 'KV_GET':
      return `{"KV_GET":{"tkn":"${tkn}","keys":[${names.map((name) => `"${name}"`).join(',')}]}}`;
    case 'SH_INFO':
      return `{"SH_INFO":{"tkn":"${tkn}"}}`;
  }
}

/** Gives a session all its keys. */
export function fillRequest(tkn: string, valueBytes: number): string {
  return requestOf({ command: 'KV_SET', keys: keysEach, valueBytes }, tkn, 0);
}

function nameOf(index: number): string {
  return `key${String(index).padStart(6, '0')}`;
}

function valueOf(name: string, bytes: number): string {
  return quote(name.repeat(Math.ceil(bytes / name.length)).slice(0, bytes));
}
