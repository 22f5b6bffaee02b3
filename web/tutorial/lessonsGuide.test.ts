import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLesson } from './parseLesson.ts';
import { tokensOf } from '../ui/prose/readProse.ts';

/** The blocks of docs/lessons.md, in their order. */
const guide = readFileSync(new URL('../../docs/lessons.md', import.meta.url), 'utf8');
const blocks = tokensOf(guide).flatMap((token) =>
  token.type === 'code' && 'text' in token ? [{ language: token.lang, text: token.text }] : [],
);
const [lesson, task] = blocks.map(({ text }) => String(text));

test('the guide has a lesson and a task', () => {
  expect(blocks.map(({ language }) => String(language))).toEqual(['markdown', 'json']);
});

test('its lesson is one', () => {
  expect(parseLesson(lesson ?? '')).toMatchObject({
    ok: true,
    value: { title: 'Create session', steps: [{ kind: 'reading' }] },
  });
});

test('its task can be part of one', () => {
  const whole = `${lesson}\n## A task\n\n\`\`\`json task\n${task}\n\`\`\`\n`;
  expect(parseLesson(whole)).toMatchObject({
    ok: true,
    value: { steps: [{ kind: 'reading' }, { kind: 'task' }] },
  });
});
