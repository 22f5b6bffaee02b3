import type { Connection } from '../connection/page/connection.ts';
import { variableOfSession } from '../connection/page/variableName.ts';
import { ask, isOk } from './ask.ts';

/** A session of the sample data, as it was created. */
export interface SampleSession {
  readonly connection: Connection;
  readonly token: string;
}

interface Sample {
  readonly name: string;
  /** The rest of the body of SH_NEW. */
  readonly how: string;
  readonly keys: string;
}

const minuteSec = 60;
const dayMin = 24 * 60;

/** Everything expires in time, also when nobody removes it. The basket is last: `{{tkn}}` is its token. */
const samples: readonly Sample[] = [
  {
    name: 'defaults',
    how: `"shared":true,${expiry(dayMin)}`,
    keys: '{"currency":"EUR","vatPercent":24,"delivery":{"days":2,"price":4.90}}',
  },
  {
    name: 'one-time code',
    how: expiry(5),
    keys: '{"code":"493027","email":"ada@example.com","attemptsLeft":3}',
  },
  {
    name: 'login',
    how: expiry(30),
    keys: '{"user":{"id":9007199254740993,"name":"Ada"},"roles":["editor","admin"],"isVerified":true}',
  },
  {
    name: 'basket',
    how: expiry(60),
    keys: '{"items":[{"sku":"bike-28","name":"City bike","price":499.00,"count":1},{"sku":"bell-02","name":"Bell","price":12.50,"count":2}],"currency":"EUR","coupon":null}',
  },
];

function expiry(minutes: number): string {
  return `"expiry":{"duration":${minutes * minuteSec},"deleteSession":true}`;
}

/** What came of loading; the sessions were created in any case. */
interface LoadedSample {
  readonly sessions: readonly SampleSession[];
  readonly isComplete: boolean;
}

/**
 * Creates the sample sessions with ordinary commands. One that is shared and exists already stays
 * as it is, and is not ours to remove.
 */
export async function loadSample(connection: Connection): Promise<LoadedSample> {
  const sessions: SampleSession[] = [];
  let isComplete = true;
  for (const { name, how, keys } of samples) {
    const created = await ask(connection, `{"SH_NEW":{"name":"${name}",${how}}}`);
    const token = connection.store.getState().variables.get(variableOfSession(name));
    if (!isOk(created) || token === undefined) {
      isComplete = false;
      continue;
    }
    sessions.push({ connection, token });
    const stored = await ask(connection, `{"KV_SET":{"tkn":"${token}","keys":${keys}}}`);
    isComplete &&= isOk(stored);
  }
  return { sessions, isComplete };
}

/**
 * Ends exactly these sessions. Sessions that have already ended are skipped.
 * @returns Those that are left.
 */
export async function removeSample(
  sessions: readonly SampleSession[],
): Promise<readonly SampleSession[]> {
  const left: SampleSession[] = [];
  for (const session of sessions) {
    const reply = await ask(session.connection, `{"SH_END":{"tkn":"${session.token}"}}`);
    if (!isOk(reply) && reply?.statuses[0] !== 'SessionNotExist') left.push(session);
  }
  return left;
}
