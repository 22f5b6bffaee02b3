import { useStore } from 'zustand';
import { listOf, object, oneOf, optional, string, unsigned } from '../../protocol/codec/codec.ts';
import { isOnThisMachine, readAddress } from '../connection/page/address.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned, type StoredValue } from '../ui/storedValue.ts';

export const modes = ['local', 'staging', 'production'] as const;
export const colours = ['grey', 'green', 'blue', 'violet', 'amber', 'red'] as const;

/** What a server is for. A production server asks before what destroys data. */
export type ServerMode = (typeof modes)[number];
export type ServerColour = (typeof colours)[number];

const form = object({
  version: unsigned,
  servers: listOf(
    object({
      address: string,
      name: optional(string),
      mode: optional(oneOf(...modes)),
      colour: optional(oneOf(...colours)),
    }),
  ),
});
const version = 1;

/** What a person said of a server; absent: it follows from its address and mode. */
export interface ServerChoices {
  readonly name?: string | undefined;
  readonly mode?: ServerMode | undefined;
  readonly colour?: ServerColour | undefined;
}

/** A server that was connected to or described. */
export interface KnownServer extends ServerChoices {
  /** Scheme, host and path; never user, password, parameters or fragment. */
  readonly address: string;
}

/** A server as the console shows it. */
export interface Server {
  readonly address: string;
  readonly name: string;
  /** Given by a person; empty: it is named after its address. */
  readonly ownName: string;
  /** Undefined until somebody chooses one; this machine is local. */
  readonly mode: ServerMode | undefined;
  readonly colour: ServerColour;
}

/** The servers of this browser, the one that was used last first. */
export interface Servers {
  readonly known: StoredValue<readonly KnownServer[]>;
  /** The server of a WebSocket address. */
  readonly of: (url: string) => Server;
}

function usualMode(address: string): ServerMode | undefined {
  return isOnThisMachine(address) ? 'local' : undefined;
}

/** The colour of a server that nobody has given one. */
export function usualColour(mode: ServerMode | undefined): ServerColour {
  if (!mode) return 'grey';
  return ({ local: 'green', staging: 'amber', production: 'red' } as const)[mode];
}

export function createServers(stored: StoredText): Servers {
  const known = createStoredValue<readonly KnownServer[]>(stored, {
    read: (text) => readVersioned(text, form, version)?.servers,
    write: (servers) => form.write({ version, servers: [...servers] }),
    empty: [],
  });
  return {
    known,
    of: (url) => {
      const address = serverAddress(url) ?? url;
      const listed = known.store.getState().find((each) => each.address === address);
      const { name: ownName = '', mode = usualMode(address), colour } = listed ?? {};
      return {
        address,
        name: ownName || address.replace(/^wss?:\/\//, ''),
        ownName,
        mode,
        colour: colour ?? usualColour(mode),
      };
    },
  };
}

/** The server of an address, followed. */
export function useServer(servers: Servers, url: string): Server {
  useStore(servers.known.store);
  return servers.of(url);
}

/**
 * By what a server is known: without what may be secret.
 * @returns undefined for a text that is no address.
 */
export function serverAddress(url: string): string | undefined {
  const read = readAddress(url.replace(/#.*$/s, ''), undefined);
  if (!read.ok) return undefined;
  const { protocol, host, pathname } = new URL(read.value);
  return `${protocol}//${host}${pathname.replace(/\/$/, '')}`;
}
