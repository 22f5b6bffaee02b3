import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog, commandNames } from '../../../protocol/commands/catalog.ts';
import { referenceOf } from '../../../protocol/commands/reference.ts';
import { statusesOf } from '../../../protocol/commands/statusesOf.ts';
import { statusCode, statusCodes } from '../../../protocol/status.ts';
import { heldBy, neverSent } from './heldBy.ts';
import { sections } from './sections.ts';

const rows = sections.flatMap((section) => section.rows);
const protocol = readFileSync('docs/protocol.md', 'utf8');

/** Headings of the protocol, up to their dash. */
const headings = [...protocol.matchAll(/^###? (.+?)(?: — .*)?$/gm)].map(([, title = '']) => title);

/** `D1` … as section 11 defines them. */
const decisions = [
  ...new Set([...protocol.matchAll(/^- \*\*(D\d+)\b/gm)].map(([, id = '']) => id)),
];

const inRows = new Set(rows.flatMap(({ rule }) => rule.match(/\bD\d+\b/g) ?? []));
/** Codes that stand behind `st` or a key, and a few more numbers. */
const codesIn = (reply: string) =>
  [...reply.matchAll(/"(?:[^"\\]|\\.)*":(\d+)\b/g)].map(([, code]) => Number(code));
const sent = new Set(rows.flatMap((row) => codesIn(row.expect)));

test('there are all the decisions D1 to D52', () => {
  expect(decisions).toEqual(Array.from({ length: 52 }, (_, index) => `D${index + 1}`));
});

test('every decision has a row or a test', () => {
  const open = decisions.filter((id) => !inRows.has(id) && !(id in heldBy));
  expect(open).toEqual([]);
});

test('every heading has rows or a test', () => {
  const held = new Set([...sections.map(({ heading }) => heading), ...Object.keys(heldBy)]);
  expect(headings.filter((heading) => !held.has(heading))).toEqual([]);
});

test('every section of rows is a heading of the protocol', () => {
  expect(sections.map(({ heading }) => heading).filter((each) => !headings.includes(each))).toEqual(
    [],
  );
});

test('every command has rows that it is the subject of', () => {
  const isAsked = (name: string) =>
    rows.some(({ send, expect: reply }) => {
      const isRequest = String(send).startsWith(`{"${name}":{`);
      return isRequest && !reply.includes('"m":');
    });
  expect(commandNames.filter((name) => !isAsked(name))).toEqual([]);
});

test('every status that is sent has a row', () => {
  const listed = [...protocol.matchAll(/^\| (\d+) \| [A-Z]\w+ \|/gm)].map(([, code]) =>
    Number(code),
  );
  expect(listed).toEqual(Object.values(statusCodes));
  const isHeld = (code: number) => sent.has(code) || `status ${code}` in heldBy;
  expect(listed.filter((code) => !isHeld(code) && !(code in neverSent))).toEqual([]);
});

test('every status that a command lists has a row of that command', () => {
  const open = commandNames.flatMap((name) => {
    const replies = rows
      .map((row) => row.expect)
      .filter((reply) => reply.startsWith(`{"${name}_RSP"`));
    const isSent = (code: number) => replies.some((reply) => codesIn(reply).includes(code));
    const listed = statusesOf(name).map(statusCode);
    return listed
      .filter((code) => !isSent(code) && !(`status ${code}` in heldBy))
      .map((code) => `${name} ${code}`);
  });
  expect(open).toEqual([]);
});

test('our own commands are those of section 12', () => {
  const [, own = ''] = protocol.split(/^## 12\. .*$/m);
  const named = [...own.matchAll(/^### ([A-Z]+_[A-Z_]+) — \*\*X\*\*/gm)].map(([, name]) => name);
  expect(commandNames.filter((name) => catalog[name].isOwn)).toEqual(named);
  expect(named.length).toBeGreaterThan(0);
});

test('what restarts the time is named where SH_NEW switches it on', () => {
  const [{ members } = { members: [] }] = referenceOf('SH_NEW').params.filter(
    ({ name }) => name === 'expiry',
  );
  for (const { name: option, description } of members) {
    const extending = commandNames.filter((name) => catalog[name].extendsWith === option);
    expect(description.match(/\b(?:SH|KV)_[A-Z]+/g) ?? []).toEqual(extending);
  }
});

describe('a test that is said to hold something is there', () => {
  const proofs = Object.entries(heldBy).flatMap(([what, list]) =>
    list.map(({ file, title }) => [what, title, file] as const),
  );
  test.each(proofs)('%s: %s', (_what, title, file) => {
    const text = readFileSync(file, 'utf8');
    expect(text.includes(`test('${title}'`) || text.includes(`describe('${title}'`)).toBe(true);
  });
});
