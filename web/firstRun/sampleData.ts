import type { Connection } from '../connection/page/connection.ts';
import { variableOfSession } from '../connection/page/variableName.ts';
import { ask, isOk } from './ask.ts';
import type { CreatedSession } from './firstRunStore.ts';

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
  readonly sessions: readonly CreatedSession[];
  readonly isComplete: boolean;
}

/**
 * Creates the sample sessions with ordinary commands. One that is shared and exists already stays
 * as it is, and is not ours to remove.
 */
export async function loadSample(connection: Connection): Promise<LoadedSample> {
  const sessions: CreatedSession[] = [];
  let isComplete = true;
  for (const { name, how, keys } of samples) {
    const created = await ask(connection, `{"SH_NEW":{"name":"${name}",${how}}}`);
    const token = connection.store.getState().variables.get(variableOfSession(name));
    if (!isOk(created) || token === undefined) {
      isComplete = false;
      continue;
    }
    sessions.push({ name, token });
    const stored = await ask(connection, `{"KV_SET":{"tkn":"${token}","keys":${keys}}}`);
    isComplete &&= isOk(stored);
  }
  return { sessions, isComplete };
}

/** Ends a session. @returns Whether it is gone now; one that had ended already is. */
export async function endSession(connection: Connection, token: string): Promise<boolean> {
  const reply = await ask(connection, `{"SH_END":{"tkn":"${token}"}}`);
  return isOk(reply) || reply?.statuses[0] === 'SessionNotExist';
}
