// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { changesOf } from './changeServers.ts';
import { ConfirmSend } from './ConfirmSend.tsx';
import { reachOf } from './reach.ts';
import { TabSign } from './ServerSigns.tsx';
import { createServers } from './servers.ts';

afterEach(cleanup);

/** A connection to the production server "Shop". */
async function start() {
  const got: string[] = [];
  const servers = createServers(storedInMemory());
  changesOf(servers).describe('ws://scripted', { name: 'Shop', mode: 'production' });
  const answer = (text: string) => {
    got.push(text);
    return [];
  };
  const connection = await openScripted(answer, {
    isProduction: (url) => servers.of(url).mode === 'production',
  });
  render(<ConfirmSend servers={servers} connection={connection} reachOf={() => undefined} />);
  const send = (text: string) => act(() => void connection.send(outgoing(text)));
  const type = (name: string) => {
    const field = screen.getByRole('textbox', { name: 'Server name' });
    fireEvent.change(field, { target: { value: name } });
    const form = field.closest('form');
    if (form) fireEvent.submit(form);
  };
  return { got, servers, connection, send, type };
}

const title = () => screen.queryByRole('heading', { hidden: true })?.textContent;

test('questions come one after another, and each message goes out once its own is answered', async () => {
  const { got, send, type } = await start();
  send('{"SH_END_ALL":{}}');
  send('{"SH_LOAD":{"name":"nightly"}}');
  expect(title()).toBe('Send SH_END_ALL to Shop?');
  type('SHOP');
  expect(screen.getByRole('alert').textContent).toBe('This is not the name of the server.');
  expect(got).toEqual([]);
  type(' Shop ');
  expect(got).toEqual(['{"SH_END_ALL":{}}']);
  expect(title()).toBe('Send SH_LOAD to Shop?');
  expect(screen.getByRole('textbox', { name: 'Server name' })).toHaveProperty('value', '');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(title()).toBeUndefined();
  expect(got).toHaveLength(1);
});

test('a tab in the background says that it waits for an answer', async () => {
  const { servers, connection, send } = await start();
  send('{"SH_END_ALL":{}}');
  const sign = (isActive: boolean) => {
    const { container } = render(<TabSign {...{ servers, connection, isActive }} />);
    return container.textContent;
  };
  expect(sign(true)).not.toContain('Waiting for confirmation');
  expect(sign(false)).toContain('Waiting for confirmation');
});

const data = {
  totalSessions: 12,
  totalKeys: 1,
  sessions: [
    { name: 'basket', maskedToken: '··7462', keyCount: 3 },
    { name: 'a', maskedToken: '··1111', keyCount: 1 },
    { name: 'b', maskedToken: '··1111', keyCount: 2 },
  ],
};

test.each([
  ['{"SH_END_ALL":{}}', 'This server has 12 sessions with 1 key now.'],
  ['{"SH_END":{"tkn":"14247375118774737462"}}', 'The session “basket” has 3 keys now.'],
  ['{"KV_CLEAR":{"tkn":14247375118774737462}}', 'The session “basket” has 3 keys now.'],
  ['{"SH_END":{"tkn":"14247375118774731111"}}', undefined],
  ['{"SH_END":{"tkn":"14247375118774730000"}}', undefined],
  ['{"SH_LOAD":{"name":"nightly"}}', undefined],
  ['{"SH_END":5}', undefined],
])('how much %s reaches: %s', (text, words) => {
  expect(reachOf(outgoing(text), data)).toBe(words);
  expect(reachOf(outgoing(text), undefined)).toBeUndefined();
});
