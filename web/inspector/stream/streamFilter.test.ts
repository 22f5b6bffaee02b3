import { expect, test } from 'vitest';
import { faultsOf, noFilter, serverFilterOf } from './streamFilter.ts';

test('nothing chosen filters nothing', () => {
  expect(faultsOf(noFilter)).toEqual({});
  expect(Object.values(serverFilterOf(noFilter)).every((each) => each === undefined)).toBe(true);
});

test('commands are those whose names begin so, whatever the case', () => {
  const commandsOf = (command: string) => serverFilterOf({ ...noFilter, command }).commands;
  expect(commandsOf('sh_new, Kv_GET')).toEqual(expect.arrayContaining(['SH_NEW', 'KV_GET']));
  expect(commandsOf('KV_*')?.every((name) => name.startsWith('KV_'))).toBe(true);
  expect(commandsOf('KV_*')).not.toContain('SH_NEW');
});

test('a status is one code, or all that are no success', () => {
  const statusesOf = (status: string) => serverFilterOf({ ...noFilter, status }).statuses;
  expect(statusesOf('100')).toEqual([100]);
  expect(statusesOf('failed')).toContain(100);
  for (const success of [1, 20, 21, 24]) expect(statusesOf('failed')).not.toContain(success);
});

test.each([
  [{ connection: 'x' }, 'connection'],
  [{ connection: '0' }, 'connection'],
  [{ connection: '1.5' }, 'connection'],
  [{ connection: '99999999999999999999' }, 'connection'],
  [{ command: 'NOPE' }, 'command'],
  [{ command: 'KV_GET <b>' }, 'command'],
  [{ slowerThanMs: '-1' }, 'slowerThanMs'],
])('%j cannot be carried out, and says so', (part, field) => {
  expect(Object.keys(faultsOf({ ...noFilter, ...part }))).toEqual([field]);
});

test('numbers may have spaces around', () => {
  const filter = { ...noFilter, connection: ' 3 ', slowerThanMs: '0' };
  expect(serverFilterOf(filter)).toMatchObject({ connection: 3, slowerThanMs: 0 });
});
