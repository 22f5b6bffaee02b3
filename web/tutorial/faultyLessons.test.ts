import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { judge, readReply } from './judge.ts';
import { parseLesson } from './parseLesson.ts';

const files = import.meta.glob<string>('./lessons/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const runs = 60;

const scraps = [
  '',
  '"',
  '}',
  '{',
  ']',
  '`',
  '```',
  '\n',
  '## ',
  '---\n',
  '\\u',
  'null',
  '1e400',
  '$any',
  '{{tkn}}',
  '>',
];
const scrap = fc.oneof(fc.constantFrom(...scraps), fc.string({ unit: 'grapheme', maxLength: 3 }));
const edits = fc.array(fc.record({ at: fc.nat(1_000_000), cut: fc.nat(12), put: scrap }), {
  minLength: 1,
  maxLength: 4,
});

function edited(text: string, list: readonly { at: number; cut: number; put: string }[]): string {
  return list.reduce((result, { at, cut, put }) => {
    const place = at % (result.length + 1);
    return result.slice(0, place) + put + result.slice(place + cut);
  }, text);
}

const replies = fc.oneof(
  fc.json().map((body) => `{"KV_CAS_RSP":${body}}`),
  fc.json(),
  fc.string({ unit: 'grapheme' }),
);

test('a lesson with faults is read or says where they are, and its checks judge any reply', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(files)), edits, replies, (text, list, reply) => {
      const markdown = edited(text, list);
      const parsed = parseLesson(markdown);
      if (!parsed.ok) {
        const lines = markdown.split('\n').length;
        const isPlaced = parsed.refusal.every(
          ({ line, message }) => line >= 1 && line <= lines && message !== '',
        );
        expect([parsed.refusal.length > 0, isPlaced]).toEqual([true, true]);
        return;
      }
      for (const step of parsed.value.steps) {
        if (step.kind === 'message') {
          judge(step.check, readReply(readMessage(step.message.text), reply));
        }
        if (step.kind === 'task') {
          for (const { ask, check } of step.task.goals) {
            judge(check, readReply(readMessage(ask.text), reply));
          }
        }
      }
    }),
    { numRuns: runs },
  );
});
