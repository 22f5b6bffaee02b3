import { expect, test } from 'vitest';
import { explainAt } from './explainAt.ts';

/** What is said of the name at the mark `|`, and where `onReference` leads. */
function explain(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const shown: string[] = [];
  const help = explainAt({ text, offset, onReference: (name) => shown.push(name) });
  help?.link?.run();
  return help && { ...help, word: text.slice(help.start, help.end), shown };
}

test('a command: name, one line, its statuses, and the way to its reference', () => {
  expect(explain('{"KV_|SET":{}}')).toMatchObject({
    word: '"KV_SET"',
    title: 'KV_SET',
    line: 'Store keys.',
    shown: ['KV_SET'],
  });
  expect(explain('{"KV_|SET":{}}')?.list[0]).toBe('20 KeySet: stored, the key was new');
  expect(explain('{|"KV_SETQ":{}}')?.line).toContain('No reply on success');
});

test('a parameter and its members, in a message that is not the first', () => {
  expect(explain('{"SV_INFO":{}}\n{"SH_NEW":{"exp|iry":{}}}')).toMatchObject({
    word: '"expiry"',
    title: 'expiry',
    line: 'When its data is deleted. Left out: it never expires.',
    shown: ['SH_NEW'],
  });
  expect(explain('{"SH_NEW":{"expiry":{"dur|ation":1}}}')).toMatchObject({
    title: 'duration',
    line: 'Seconds until it expires; 0: never.',
  });
});

test.each(['{"NOPE|":{}}', '{"KV_SET":{"keys":{"mi|ne":1}}}', '{"SH_NEW":{"name":"a|b"}}', '|'])(
  'nothing is said at %s',
  (marked) => {
    expect(explain(marked)).toBeUndefined();
  },
);
