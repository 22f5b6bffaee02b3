import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector, type EventOf } from '../../test/server/inspectorClient.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { stores } from '../../test/server/stores.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';
import { gatherMs } from './hub.ts';

describe.each(stores)('with %s', (_name, deps) => {
  let clock: FakeClock;
  let server: TestServer;
  let client: TestClient;
  let inspector: Inspector;

  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer([], { clock, ...deps });
    client = await server.connect();
  });
  afterEach(async () => {
    inspector.terminate();
    await server.stop();
  });

  async function next<T extends InspectionEvent['type']>(type: T): Promise<EventOf<T>> {
    for (;;) {
      const event = await inspector.nextOfAny();
      if (event.type === type) return event as EventOf<T>; // As checked just now.
    }
  }

  async function ask(number: number): Promise<void> {
    inspector.ask({ type: 'ended', number });
    inspector.ask({ type: 'value', id: 's0', key: '' });
    await next('value');
  }

  function nextEnded(): Promise<EventOf<'ended'>> {
    clock.advance(gatherMs);
    return next('ended');
  }

  const end = (tkn: string) => client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);

  test('what ended before and after somebody looks is listed, with who ended it; a token is masked', async () => {
    const first = await client.newSession('{"name":"first"}');
    const second = await client.newSession('{"name":"second"}');
    await client.newSession('{"name":"expires","expiry":{"duration":5,"deleteSession":true}}');
    await end(first);
    ({ inspector } = await Inspector.start(server, clock));
    await ask(4);
    const before = await nextEnded();
    expect(before).toMatchObject({ number: 4, isRemembered: true });
    expect(before.sessions).toMatchObject([
      { place: 1, id: idOf(first as Token), name: 'first', maskedToken: `··${first.slice(-4)}` },
    ]);
    expect(before.sessions[0]?.author).toMatchObject({ by: 'client', command: 'SH_END' });
    const endsIn = (frame: EventOf<'ended'>) =>
      frame.sessions.map(({ name, author }) => [name, author.by]);
    clock.advance(5_000);
    const expired = await nextEnded();
    expect(endsIn(expired)).toEqual([['expires', 'server']]);
    await end(second);
    const after = await nextEnded();
    expect(endsIn(after)).toEqual([['second', 'client']]);
    expect(JSON.stringify([before, after])).not.toContain(first);
  });

  test('a shared session that lives again is not among them', async () => {
    const shared = '{"name":"shop","shared":true}';
    await end(await client.newSession(shared));
    ({ inspector } = await Inspector.start(server, clock));
    await ask(4);
    expect((await nextEnded()).sessions).toHaveLength(1);
    await client.newSession(shared);
    await ask(5);
    expect((await nextEnded()).sessions).toEqual([]);
  });
});
