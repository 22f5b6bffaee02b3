import { expect, test } from 'vitest';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { createDraft } from './draft.ts';
import { sendDraft } from './sendDraft.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { watchUnsent } from './unsentText.ts';

const text = '{"SH_INFO_ALL":{}}';

test('a message is unsent text until it went out, and again once it is changed', async () => {
  const connection = await openScripted(() => []);
  const draft = createDraft(text);
  const { isUnsent } = watchUnsent(draft, { isSettled: false });
  connection.disconnect();
  sendDraft(draft, { connection, maxPayloadBytes: 1000 });
  expect(isUnsent()).toBe(true);
  await Promise.resolve();
  expect(connection.store.getState().status.state).toBe('open');
  expect(isUnsent()).toBe(false);
  draft.typed(`${text} `);
  expect(isUnsent()).toBe(true);
});

test('a message that was held stays unsent text until a person sends it', async () => {
  const connection = await openScripted(() => []);
  const draft = createDraft(text);
  const { isUnsent } = watchUnsent(draft, { isSettled: false });
  connection.disconnect();
  sendDraft(draft, { connection, maxPayloadBytes: 1000 });
  connection.disconnect();
  const [held] = connection.store.getState().unsent;
  expect([held?.state, isUnsent()]).toEqual(['held', true]);
  connection.connect();
  await Promise.resolve();
  connection.sendHeld(held?.id ?? 0);
  expect(isUnsent()).toBe(false);
});

test('the same text sent from elsewhere says nothing about the draft', async () => {
  const connection = await openScripted(() => []);
  const draft = createDraft(text);
  const { isUnsent } = watchUnsent(draft, { isSettled: false });
  connection.send(outgoing(text));
  expect(isUnsent()).toBe(true);
});
