import type { KnownServer, ServerChoices, Servers } from './servers.ts';
import { serverAddress, usualColour } from './servers.ts';

/** Most addresses that are remembered for having been used. */
export const maxUsed = 20;
/** Most servers with a name, mode or colour: these are kept longer, as a mode protects its server. */
export const maxDescribed = 100;
/** Most characters of a name. */
export const maxNameLength = 60;

/** What changes the list of servers. */
export interface ServerChanges {
  /** It was connected to. A text that is no address changes nothing, here and below. */
  readonly connected: (url: string) => void;
  /** Changes what is said of it. */
  readonly describe: (url: string, choices: ServerChoices) => void;
  /** Takes it out of the list, with what was said of it. @returns The function that brings it back. */
  readonly remove: (address: string) => () => void;
}

export function changesOf({ known, of }: Servers): ServerChanges {
  const change = (to: (servers: readonly KnownServer[]) => readonly KnownServer[]) => {
    known.change((servers) => bounded(to(servers)));
    known.keep();
  };
  const find = (address: string) => known.store.getState().find((each) => each.address === address);
  const first = (server: KnownServer) =>
    change((servers) => [server, ...without(servers, server.address)]);
  return {
    connected: (url) => {
      const address = serverAddress(url);
      if (address === undefined) return;
      if (known.store.getState()[0]?.address !== address) first(find(address) ?? { address });
    },
    describe: (url, choices) => {
      const address = serverAddress(url);
      if (address === undefined) return;
      const { name, mode, colour } = { ...find(address), ...choices };
      const described = { address, name: name?.trim().slice(0, maxNameLength) || undefined, mode };
      // One that is chosen and usual at once follows the mode again.
      const isUsual = colour === usualColour(mode ?? of(address).mode);
      const server = { ...described, colour: isUsual ? undefined : colour };
      const isListed = find(address) !== undefined;
      if (!isListed) first(server);
      else change((servers) => servers.map((each) => (each.address === address ? server : each)));
    },
    remove: (address) => {
      const at = known.store.getState().findIndex((each) => each.address === address);
      const removed = known.store.getState()[at];
      change((servers) => without(servers, address));
      return () => {
        if (!removed || find(address)) return;
        change((servers) => servers.toSpliced(at, 0, removed));
      };
    },
  };
}

function without(servers: readonly KnownServer[], address: string): readonly KnownServer[] {
  return servers.filter((each) => each.address !== address);
}

/** The ones that were used longest ago go first; described ones have a limit of their own. */
function bounded(servers: readonly KnownServer[]): readonly KnownServer[] {
  const described = servers.filter(isDescribed).slice(0, maxDescribed);
  const used = servers.filter((each) => !isDescribed(each)).slice(0, maxUsed);
  return servers.filter((each) => described.includes(each) || used.includes(each));
}

function isDescribed({ name, mode, colour }: KnownServer): boolean {
  return name !== undefined || mode !== undefined || colour !== undefined;
}
