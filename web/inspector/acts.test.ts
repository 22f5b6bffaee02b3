import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InspectionPeer } from '../../test/web/inspectionPeer.ts';
import { actsOf } from './acts.ts';
import type { Inspector } from './inspector.ts';

let peer: InspectionPeer;
let inspector: Inspector;

beforeEach(async () => {
  peer = await InspectionPeer.start();
  ({ inspector } = peer.inspector());
});
afterEach(() => {
  inspector.dispose();
  peer.stop();
});

async function start() {
  inspector.start();
  await vi.waitFor(() => expect(inspector.store.getState().status.state).toBe('live'));
  return actsOf(inspector);
}

const asked = () => peer.requests.filter(({ type }) => type === 'act');

test('a command comes with the reply to it, whichever is answered first', async () => {
  const acts = await start();
  expect(actsOf(inspector)).toBe(acts);
  const first = acts.run('{"KV_COUNT":{}}', '1');
  const second = acts.run('{"SH_NEW":{"name":"a"}}');
  const third = acts.run('{"SH_END":{}}', '2');
  await vi.waitFor(() => expect(asked()).toHaveLength(3));
  expect(asked()).toMatchObject([
    { number: 1, session: '1', message: '{"KV_COUNT":{}}' },
    { number: 2, message: '{"SH_NEW":{"name":"a"}}' },
    { number: 3, session: '2' },
  ]);
  peer.say({ type: 'acted', number: 2, session: 'new', reply: '{"SH_NEW_RSP":{}}' });
  peer.say({ type: 'acted', number: 1, session: '1', reply: undefined });
  peer.say({ type: 'refused', request: 'act', number: 3, right: 'end' });
  expect(await second).toMatchObject({ session: 'new', reply: '{"SH_NEW_RSP":{}}' });
  expect(await first).toEqual({ state: 'answered', session: '1', reply: undefined });
  expect(await third).toEqual({ state: 'refused', right: 'end' });
});

test('with the connection the answers are lost, and then nothing is sent', async () => {
  const acts = await start();
  const open = acts.run('{"KV_COUNT":{}}', '1');
  await vi.waitFor(() => expect(asked()).toHaveLength(1));
  peer.cutOff();
  expect(await open).toEqual({ state: 'lost' });
  expect(await acts.run('{"KV_COUNT":{}}', '1')).toEqual({ state: 'lost' });
});
