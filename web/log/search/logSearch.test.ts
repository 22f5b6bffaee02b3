import { expect, test } from 'vitest';
import { maxEntries } from '../store/entryStore.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';
import { maxAnswerMs } from './regExpSearch.ts';
import { compileSearch } from './searchPattern.ts';
import { rangesOf } from './textRanges.ts';

test('regression 10: search sees the whole payload, and status names', () => {
  const harness = new LogHarness();
  harness.add({ text: `{"a":"${'x'.repeat(1_000_000)}needle"}` });
  harness.add({ statuses: ['SessionNotExist'] });
  harness.add();
  harness.search('NEEDLE');
  expect(harness.shown()).toEqual([1]);
  harness.search('sessionnotexist');
  expect(harness.shown()).toEqual([2]);
  harness.search('needle"\\}$', { isRegExp: true });
  expect(harness.shown()).toEqual([1]);
});

test('case counts only when asked for', () => {
  const harness = new LogHarness();
  harness.add({ text: '{"Name":1}' });
  harness.add({ text: '{"name":1}' });
  harness.search('name');
  expect(harness.shown()).toEqual([1, 2]);
  harness.search('name', { isCaseSensitive: true });
  expect(harness.shown()).toEqual([2]);
});

test('plain text is taken literally, whatever signs it has', () => {
  const harness = new LogHarness();
  harness.add({ text: '{"path":"$.a[?(@.b*1+2)]|c^\\\\"}' });
  harness.add({ text: '{"path":"other"}' });
  harness.search('$.a[?(@.b*1+2)]|c^\\');
  expect(harness.shown()).toEqual([1]);
});

test('a bad expression is reported and finds everything; correcting it works', () => {
  const harness = new LogHarness();
  harness.add({ text: 'a(b' });
  harness.add({ text: 'c' });
  harness.search('(', { isRegExp: true });
  expect(harness.log.store.getState().searchFault).toEqual({
    kind: 'badExpression',
    reason: 'Unterminated group',
  });
  expect(harness.shown()).toEqual([1, 2]);
  harness.search('\\(', { isRegExp: true });
  expect(harness.log.store.getState().searchFault).toBeUndefined();
  expect(harness.shown()).toEqual([1]);
});

test('an expression that never ends is stopped and reported, and the log continues', () => {
  const harness = new LogHarness();
  harness.add({ text: 'a'.repeat(50) });
  harness.log.setFilter({ search: { text: '(a+)+$x', isRegExp: true, isCaseSensitive: false } });
  // The worker never answers.
  harness.pass(maxAnswerMs + 100);
  expect(harness.workers[0]?.isTerminated).toBe(true);
  expect(harness.log.store.getState().searchFault).toEqual({ kind: 'tooSlow' });
  harness.add();
  harness.settle();
  expect(harness.shown()).toEqual([1, 2]);
  harness.search('a{50}', { isRegExp: true });
  expect(harness.log.store.getState().searchFault).toBeUndefined();
  expect(harness.shown()).toEqual([1]);
});

test('new entries are matched as they come, plainly and by expression', () => {
  for (const isRegExp of [false, true]) {
    const harness = new LogHarness();
    harness.search('needle', { isRegExp });
    harness.add({ text: 'needle' });
    harness.add({ text: 'hay' });
    harness.settle();
    expect(harness.shown()).toEqual([1]);
  }
});

test('an answer of the worker to an older search is ignored', () => {
  const harness = new LogHarness();
  harness.add({ text: 'one' });
  harness.add({ text: 'two' });
  harness.log.setFilter({ search: { text: 'one', isRegExp: true, isCaseSensitive: false } });
  const [first] = harness.workers;
  harness.search('two', { isRegExp: true });
  first?.answer();
  harness.settle();
  expect(harness.shown()).toEqual([2]);
  expect(first?.isTerminated).toBe(true);
});

test('a worker that has nothing to do is kept for the next expression, and ended with the last', () => {
  const harness = new LogHarness();
  harness.add({ text: 'one' });
  harness.add({ text: 'two' });
  harness.search('o', { isRegExp: true });
  harness.search('on', { isRegExp: true });
  expect(harness.shown()).toEqual([1]);
  expect(harness.workers.map(({ isTerminated }) => isTerminated)).toEqual([false]);
  harness.search('two');
  expect(harness.shown()).toEqual([2]);
  expect(harness.workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});

test('an expression finds the same as plain text, in order, also what comes between its questions', () => {
  const [plain, byExpression] = [new LogHarness(), new LogHarness()];
  for (const harness of [plain, byExpression]) {
    const add = (n: number) => harness.add({ text: `{"n":${n}}`, statuses: n % 2 ? ['Ok'] : [] });
    harness.log.keepAll(true);
    for (let n = 0; n < 12_000; n += 1) add(n);
    harness.settle();
    const search = { text: '99', isRegExp: harness === byExpression, isCaseSensitive: false };
    harness.log.setFilter({ search });
    for (let n = 12_000; n < 24_000; n += 1) {
      add(n);
      if (n % 1000 !== 0) continue;
      harness.nextFrame();
      harness.workers.at(-1)?.answer();
    }
    harness.settle();
  }
  expect(byExpression.shown().length).toBeGreaterThan(400);
  expect(byExpression.shown()).toEqual(plain.shown());
});

test('an entry that the cap drops while the worker looks at it is not shown', () => {
  const harness = new LogHarness();
  harness.log.keepAll(true);
  harness.add({ text: 'needle' });
  harness.log.setFilter({ search: { text: 'needle', isRegExp: true, isCaseSensitive: false } });
  for (let count = 0; count < maxEntries; count += 1) harness.add();
  harness.settle();
  expect(harness.shown()).toEqual([]);
});

test('regression 13: a search over a full log stops for air and ends, the old list standing until then', () => {
  const harness = new LogHarness();
  harness.log.keepAll(true);
  for (let count = 0; count < 20_000; count += 1) {
    harness.add({ text: `{"KV_GET_RSP":{"tkn":"7","keys":{"n":${count}}}}` });
  }
  harness.settle();
  // A clock on which each look costs time: the search must not want to be through at once.
  const realNow = harness.nowMs;
  let looks = 0;
  Object.defineProperty(harness, 'nowMs', {
    configurable: true,
    get: () => realNow + 1000 + (looks += 1),
    set: () => {},
  });
  harness.log.setFilter({ search: { text: '":19999}', isRegExp: false, isCaseSensitive: false } });
  expect(harness.log.store.getState().isSearching).toBe(true);
  expect(harness.log.visible().length).toBe(20_000);
  Object.defineProperty(harness, 'nowMs', { value: realNow + 100_000, writable: true });
  harness.settle();
  expect(harness.log.store.getState().isSearching).toBe(false);
  expect(harness.shown()).toEqual([20_000]);
});

test('marks begin at the start of a text, whatever was found in another one before', () => {
  const harness = new LogHarness();
  harness.add({ text: '{"KV_GET":{"a":"needle"}}' });
  harness.search('kv');
  let marked: unknown;
  harness.log.matchesIn('{"KV_GET":{}}', (matches) => (marked = matches));
  expect(marked).toEqual([{ start: 2, end: 4 }]);
});

test('matches are marked where they are, empty ones nowhere', () => {
  const ranges = (text: string, isRegExp: boolean, payload: string) => {
    const compiled = compileSearch({ text, isRegExp, isCaseSensitive: false });
    return 'pattern' in compiled ? rangesOf(compiled.pattern, payload) : [];
  };
  expect(ranges('ab', false, 'xABab')).toEqual([
    { start: 1, end: 3 },
    { start: 3, end: 5 },
  ]);
  expect(ranges('b*', true, 'abba')).toEqual([{ start: 1, end: 3 }]);
});

test('a search whose worker cannot be loaded says so, and another one tries again', () => {
  const harness = new LogHarness();
  harness.add({ text: 'needle' });
  harness.search('n.*e', { isRegExp: true });
  harness.workers[0]?.dispatchEvent(new Event('error'));
  expect(harness.log.store.getState().searchFault).toEqual({ kind: 'notLoaded' });
  harness.search('n..dle', { isRegExp: true });
  expect(harness.log.store.getState().searchFault).toBeUndefined();
  expect(harness.workers).toHaveLength(2);
});
