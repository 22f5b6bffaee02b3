import { catalog, isCommandName } from '../../protocol/commands/catalog.ts';
import type { CodecMember } from '../../protocol/codec/codec.ts';
import { commandOf } from '../../protocol/wire/replyName.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { describe, expect, test } from 'vitest';
import { expectedReply } from '../../protocol/wire/pairing.ts';
import { judge, readReply } from './judge.ts';
import type { MessageStep } from './lesson.ts';
import type { Pattern } from './pattern.ts';
import { shelve, shippedLessons } from './shippedLessons.ts';

const { lessons, faults } = shippedLessons;
const messageSteps = lessons.flatMap(({ title, steps }) =>
  steps.flatMap((step) =>
    step.kind === 'message' ? [{ title: `${title}: ${step.title}`, step }] : [],
  ),
);

test('all lessons that come with the console can be read', () => {
  expect(Object.fromEntries(faults)).toEqual({});
  expect(lessons.map(({ title, steps }) => [title, steps.length])).toEqual([
    ['Create session', 4],
    ['Set and get', 8],
    ['Sessions that expire', 12],
    ['Shared sessions', 8],
    ['Ending sessions', 8],
    ['Find and update inside values', 12],
    ['Codes, counters and safe updates', 13],
    ['Watch and edit a session live', 6],
  ]);
});

test('a faulty file is left out and reported', () => {
  const shelf = shelve({ 'a.md': 'no front matter' });
  expect(shelf.lessons).toEqual([]);
  expect(shelf.faults.get('a.md')).toHaveLength(1);
});

/** Names that tests and people look for: a title that contains one would be found in its place. */
const promisedNames =
  /insert|\brun\b|next|back|start over|send|copy|connect|close|templates|beautify|settings|new tab|clear messages|export|save message/i;

test('no title is mistaken for a button of the console', () => {
  const titles = lessons.flatMap(({ title, steps }) => [title, ...steps.map((step) => step.title)]);
  expect(titles.filter((title) => promisedNames.test(title))).toEqual([]);
});

/** Members of a reply that a text names, which are neither in every reply nor asked for by the check. */
function notSure({ check }: MessageStep): string[] {
  const command = commandOf(check.reply) ?? '';
  const members = isCommandName(command) ? (catalog[command].reply.members ?? []) : [];
  const named = [...check.done.matchAll(/(?<!\{)\{([\w.]+)\}(?!\})/g)].map(([, path = '']) => path);
  return named.filter((path) => !isSure(path.split('.'), members, check.match));
}

function isSure(
  [name = '', ...rest]: readonly string[],
  members: readonly CodecMember[],
  pattern: Pattern | undefined,
): boolean {
  const member = members.find((each) => each.name === name);
  const inPattern = pattern?.kind === 'object' ? pattern.members.get(name) : undefined;
  if (inPattern === undefined && member?.isOptional !== false) return false;
  return rest.length === 0 || isSure(rest, member?.codec.members ?? [], inPattern);
}

/** Replies shown in the text of a step. */
function shownReplies({ after, check }: MessageStep): string[] {
  const texts = after.flatMap((block) => (block.kind === 'code' ? [block.text] : []));
  return texts.filter((text) => text.includes(`"${check.reply}"`));
}

describe.each(messageSteps)('$title', ({ step }) => {
  test('what it says when it is done is in every reply that ticks it', () => {
    expect(notSure(step)).toEqual([]);
  });

  test('the reply it shows would tick it', () => {
    for (const replyText of shownReplies(step)) {
      expect(judge(step.check, readReply(readMessage(step.message.text), replyText))).toMatchObject(
        {
          state: 'passed',
        },
      );
    }
  });

  test('what it offers can be sent', () => {
    const offered = step.check.hints.flatMap(({ offer }) => offer?.message.text ?? []);
    const replyNames = offered.map((text) => expectedReply(readMessage(text)).replyName);
    expect(replyNames.filter((name) => name === 'ERR')).toEqual([]);
  });

  test('a refusal is answered in words', () => {
    const judged = (status: number) => {
      const replyText = `{"${step.check.reply}":{"st":${status},"tkn":"5","m":""}}`;
      return judge(step.check, readReply(readMessage(step.message.text), replyText));
    };
    // A step may wait for just this refusal.
    const verdict = judged(100)?.state === 'passed' ? judged(101) : judged(100);
    expect(verdict).toMatchObject({ state: 'other', say: expect.stringMatching(/\S{3}/) });
  });
});
