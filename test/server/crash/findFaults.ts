import { isDeepStrictEqual } from 'node:util';
import { copyOf, type Sent } from './loadClient.ts';
import { isTorn, type Sessions } from './steps.ts';

/** What is wrong after a restart, by kind. */
export interface Fault {
  readonly kind: 'lost' | 'torn' | 'resurrected' | 'refused' | 'unreadable';
  readonly line: string;
}

/** What a connection has after a restart. */
export interface Found {
  /** Its sessions as they must be after some of its last commands; undefined: there is no such number. */
  readonly sessions: Sessions;
  /** Commands that were carried out. */
  readonly carriedOut: number;
  readonly faults: readonly Fault[];
}

/**
 * Compares what was sent with what is there. Commands of a connection are carried out in order, so there
 * is one number of them, not less than were confirmed, after which its sessions look as they do.
 * @param least So many were confirmed in time.
 * @param there Its sessions as they are; those that are gone are missing.
 */
export function findFaults(sent: Sent, least: number, there: Sessions): Found {
  const expected = copyOf(sent.before);
  for (let done = 0; done <= sent.steps.length; done += 1) {
    if (done > 0) sent.steps[done - 1]?.apply(expected);
    if (done >= least && isDeepStrictEqual(ordered(expected), ordered(there))) {
      return { sessions: there, carriedOut: done, faults: [] };
    }
  }
  return { sessions: there, carriedOut: least, faults: explain(sent, least, there) };
}

/** Keys have an order; sessions have none here. */
function ordered(sessions: Sessions): unknown {
  const pairs = [...sessions].map(([token, keys]) => [token, [...keys]] as const);
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1));
}

function explain(sent: Sent, least: number, there: Sessions): Fault[] {
  const expected = copyOf(sent.before);
  for (const step of sent.steps.slice(0, least)) step.apply(expected);
  const faults: Fault[] = [];
  for (const [token, keys] of there) {
    const line = `session ${token} has ${shown(keys)}`;
    if (isTorn(keys)) faults.push({ kind: 'torn', line });
    else if (!expected.has(token)) faults.push({ kind: 'resurrected', line });
  }
  if (faults.length > 0) return faults;
  const lines = [...expected].flatMap(([token, keys]) => {
    const found = there.get(token);
    if (isDeepStrictEqual(found && [...found], [...keys])) return [];
    return `session ${token} had ${shown(keys)} and has ${found ? shown(found) : 'ended'}`;
  });
  const facts = `${sent.steps.length} commands sent, ${least} confirmed`;
  return [
    { kind: 'lost', line: `${facts}; no number of them gives what is there: ${lines.join('; ')}` },
  ];
}

function shown(keys: ReadonlyMap<string, unknown>): string {
  return JSON.stringify(Object.fromEntries(keys)).replaceAll(
    /ü+|(?<=\[0,1,2,3,4,5,6,-?\d+),8,[\d,]+/g,
    '…',
  );
}
