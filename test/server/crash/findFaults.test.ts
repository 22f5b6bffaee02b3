import { describe, expect, test } from 'vitest';
import { findFaults } from './findFaults.ts';
import type { Sent } from './loadClient.ts';
import type { Sessions, Step } from './steps.ts';

const keys = (value: number) => ({ x: value, y: value, z: value });
const sessions = (byToken: Record<string, object>): Sessions =>
  new Map(Object.entries(byToken).map(([token, each]) => [token, new Map(Object.entries(each))]));

function set(value: number): Step {
  const apply = (there: Sessions) => {
    for (const [key, each] of Object.entries(keys(value))) there.get('1')?.set(key, each);
  };
  return { text: '', isQuiet: false, apply };
}

const end: Step = { text: '', isQuiet: false, apply: (there) => void there.delete('2') };

/** Session 1 is set to 1, 2 and 3, session 2 is ended in between; three of these were confirmed. */
const sent: Sent = {
  before: sessions({ 1: {}, 2: {} }),
  steps: [set(1), end, set(2), set(3)],
  confirmedAtMs: [0, 0, 0],
  expiring: [],
  unknownSessions: 0,
  refusals: [],
};

const kindsOf = (there: Sessions, least = 3) =>
  findFaults(sent, least, there).faults.map(({ kind }) => kind);

describe('after a kill', () => {
  test.each([2, 3])('the change that was not confirmed may be there or not (%i)', (value) => {
    expect(kindsOf(sessions({ 1: keys(value) }))).toEqual([]);
  });

  test('a confirmed change that is not there is lost', () => {
    expect(kindsOf(sessions({ 1: keys(1) }))).toEqual(['lost']);
    expect(kindsOf(sessions({}))).toEqual(['lost']);
  });

  test('one that was confirmed too late for `relaxed` is not', () => {
    expect(kindsOf(sessions({ 1: keys(1) }), 2)).toEqual([]);
    expect(kindsOf(sessions({ 1: keys(1) }), 3)).toEqual(['lost']);
  });

  test('keys of one command that are not all there are torn', () => {
    expect(kindsOf(sessions({ 1: { ...keys(2), z: 3 } }))).toEqual(['torn']);
    expect(kindsOf(sessions({ 1: { x: 3, y: 3 } }))).toEqual(['torn']);
  });

  test('a session that was ended and is there is resurrected', () => {
    expect(kindsOf(sessions({ 1: keys(2), 2: {} }))).toEqual(['resurrected']);
  });

  test('keys in another order are no state that ever was', () => {
    expect(kindsOf(sessions({ 1: { z: 2, y: 2, x: 2 } }))).toEqual(['lost']);
  });
});
