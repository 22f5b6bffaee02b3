import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maxFoundKeys } from '../../protocol/inspection/events.ts';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector, type EventOf } from '../../test/server/inspectorClient.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { inspectedStores } from '../../test/server/stores.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';
import { gatherMs } from './hub.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;
let tkn: string;
let id: string;

const ask = (command: string, parameters: string) =>
  client.ask(`{"${command}":{"tkn":"${tkn}",${parameters}}}`);

/** `k0` to `k9`. */
const tenKeys = Array.from({ length: 10 }, (_, at) => `"k${at}":${at}`).join(',');

describe.each(inspectedStores)('with %s', (_name, deps) => {
  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer([], { clock, ...deps });
    client = await server.connect();
    ({ inspector } = await Inspector.start(server, clock));
    tkn = await client.newSession();
    id = idOf(tkn as Token);
    await ask('KV_SET', `"keys":{${tenKeys}}`);
    clock.advance(gatherMs);
    await inspector.next('sessions');
  });
  afterEach(async () => {
    inspector.terminate();
    await server.stop();
  });

  async function nextKeys(): Promise<EventOf<'keys'>> {
    await inspector.handled();
    clock.advance(gatherMs);
    for (;;) {
      const event = await inspector.nextOfAny();
      if (event.type === 'keys') return event;
    }
  }

  /** Names of the keys in a frame, and where they begin. */
  const shown = ({ from = 0, changed }: EventOf<'keys'>) => [
    from,
    ...changed.map(({ key }) => key),
  ];

  test('some keys are listed, wherever they are, of how many', async () => {
    inspector.ask({ type: 'watch', id, from: 4, count: 3 });
    const frame = await nextKeys();
    expect(shown(frame)).toEqual([4, 'k4', 'k5', 'k6']);
    expect(frame).toMatchObject({ isReset: true, totalKeys: 10 });
    inspector.ask({ type: 'watch', id, count: 3, around: 'k8' });
    expect(shown(await nextKeys())).toEqual([7, 'k7', 'k8', 'k9']);
    inspector.ask({ type: 'watch', id, from: 2, count: 2, around: 'none' });
    expect(shown(await nextKeys())).toEqual([2, 'k2', 'k3']);
    inspector.ask({ type: 'watch', id, from: Number.MAX_SAFE_INTEGER, count: 0 });
    expect(shown(await nextKeys())).toEqual([0, 'k0']);
  });

  test('what happens to keys that are not listed only counts', async () => {
    inspector.ask({ type: 'watch', id, from: 4, count: 4 });
    await nextKeys();
    await ask('KV_SET', '"keys":{"k1":"new","k9":"new","later":1}');
    await ask('KV_RMV', '"keys":["k5"]');
    expect(await nextKeys()).toMatchObject({ totalKeys: 10, changed: [], removed: ['k5'] });
    // There is room now, but others come before it.
    await ask('KV_SET', '"keys":{"k6":"new","k9":"newer","last":1}');
    const frame = await nextKeys();
    expect([frame.totalKeys, ...shown(frame)]).toEqual([11, 4, 'k6']);
  });

  test('a window from which most keys have gone begins again, from the first key where none are left', async () => {
    inspector.ask({ type: 'watch', id, from: 4, count: 4 });
    await nextKeys();
    await ask('KV_RMV', '"keys":["k4","k5","k6"]');
    await nextKeys();
    expect(shown(await nextKeys())).toEqual([4, 'k7', 'k8', 'k9']);
    await ask('KV_RMV', '"keys":["k7","k8","k9"]');
    await nextKeys();
    expect(shown(await nextKeys())).toEqual([0, 'k0', 'k1', 'k2', 'k3']);
  });

  test('keys are found by a part of their names, as it is shown as well', async () => {
    await ask('KV_SET', String.raw`"keys":{"Straße":1,"a\u200bb":2}`);
    const find = async (text: string, session = id) => {
      inspector.ask({ type: 'findKeys', number: 3, id: session, find: text });
      const { total, keys } = await inspector.next('foundKeys');
      return [total, ...keys];
    };
    expect(await find(' K7')).toEqual([1, 'k7']);
    expect(await find('STRASSE')).toEqual([1, 'Straße']);
    expect(await find(String.raw`\u200B`)).toEqual([1, 'a\u200bb']);
    expect((await find('k')).length).toBe(11);
    expect(await find('none')).toEqual([0]);
    expect(await find('k', 'nobody')).toEqual([0]);
  });

  test('of very many that are found only the first travel', async () => {
    for (let at = 0; at < maxFoundKeys + 10; at += 1_000) {
      const keys = Array.from({ length: 1_000 }, (_, index) => `"many${at + index}":1`);
      await ask('KV_SET', `"keys":{${keys.join(',')}}`);
    }
    inspector.ask({ type: 'findKeys', number: 3, id, find: 'many' });
    const { total, keys } = await inspector.next('foundKeys');
    expect([total, keys.length, keys[0]]).toEqual([6_000, maxFoundKeys, 'many0']);
  });
});
