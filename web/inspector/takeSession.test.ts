import { expect, test } from 'vitest';
import { Connection } from '../connection/page/connection.ts';
import { createDraft } from '../composer/draft.ts';
import { MessageLog } from '../log/store/messageLog.ts';
import { createShell } from '../layout/shellStore.ts';
import { takeSession } from './takeSession.ts';
import { watchUnsent } from '../composer/unsentText.ts';

const deps = {
  openSocket: () => {
    throw new Error('Nothing is sent here');
  },
  nowMs: () => 0,
  setTimer: () => () => {},
  onNextFrame: () => {},
};

function startTab({ text = '', isSettled = true } = {}) {
  const connection = new Connection('ws://127.0.0.1:1', deps);
  const draft = createDraft(text);
  const unsent = watchUnsent(draft, { isSettled });
  const tab = {
    id: '1',
    ownTitle: '',
    title: '1',
    connection,
    draft,
    log: new MessageLog(deps),
    unsent,
  };
  const shell = createShell();
  const take = (command?: 'KV_GET' | 'KV_SET' | 'SH_END') =>
    takeSession({ token: '77', name: 'cart', command, keys: ['a', '"b"'] }, tab, shell);
  const variables = () => Object.fromEntries(connection.store.getState().variables);
  const written = () => draft.store.getState().text;
  const notice = () => shell.store.getState().notice;
  return { connection, draft, shell, take, variables, written, notice };
}

test('in an untouched composer all keys of the session are asked for', () => {
  const { take, written, variables, notice } = startTab({ text: '{"SH_INFO_ALL":{}}' });
  take();
  expect(JSON.parse(written())).toEqual({ KV_GET: { tkn: '{{tkn}}', keys: ['a', '"b"'] } });
  expect(variables()).toEqual({ tkn: '77', 'tkn:cart': '77' });
  expect(notice()?.text).toContain('{{tkn}} is now the token of cart');
});

test('what was written stays when only the variable is set', () => {
  const { take, written, variables } = startTab({ text: '{"mine":', isSettled: false });
  take();
  expect(written()).toBe('{"mine":');
  expect(variables()).toMatchObject({ tkn: '77' });
});

test('a command that was asked for replaces the text, and Undo brings text and variables back', () => {
  const { connection, take, written, variables, notice } = startTab({
    text: '{"mine":',
    isSettled: false,
  });
  connection.variables.useToken('5', 'user1');
  take('SH_END');
  expect(JSON.parse(written())).toEqual({ SH_END: { tkn: '{{tkn}}' } });
  notice()?.offer?.run();
  expect(written()).toBe('{"mine":');
  expect(variables()).toEqual({ tkn: '5', 'tkn:user1': '5' });
});

test('Undo leaves what was changed since', () => {
  const { connection, draft, take, written, variables, notice } = startTab({ text: 'old' });
  take('KV_SET');
  draft.typed('typed since');
  connection.variables.set('tkn', '9');
  notice()?.offer?.run();
  expect(written()).toBe('typed since');
  expect(variables()).toEqual({ tkn: '9' });
});
