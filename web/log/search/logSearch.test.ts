import { expect, test } from 'vitest';
import { maxEntries } from '../store/entryStore.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';
import { maxAnswerMs } from './regExpSearch.ts';
import { compileSearch } from './searchPattern.ts';
import { rangesOf } from './textRanges.ts';

const tooLong = 'This expression takes too long.';

test('regression 10: search sees the whole payload, and status names', () => {
  const peer = new LogHarness();
  peer.add({ text: `{"a":"${'x'.repeat(1_000_000)}needle"}` });
  peer.add({ statuses: ['SessionNotExist'] });
  peer.add();
  peer.search('NEEDLE');
  expect(peer.shown()).toEqual([1]);
  peer.search('sessionnotexist');
  expect(peer.shown()).toEqual([2]);
  peer.search('needle"\\}$', { isRegExp: true });
  expect(peer.shown()).toEqual([1]);
});

test('case counts only when asked for', () => {
  const peer = new LogHarness();
  peer.add({ text: '{"Name":1}' });
  peer.add({ text: '{"name":1}' });
  peer.search('name');
  expect(peer.shown()).toEqual([1, 2]);
  peer.search('name', { isCaseSensitive: true });
  expect(peer.shown()).toEqual([2]);
});

test('plain text is taken literally, whatever signs it has', () => {
  const peer = new LogHarness();
  peer.add({ text: '{"path":"$.a[?(@.b*1+2)]|c^\\\\"}' });
  peer.add({ text: '{"path":"other"}' });
  peer.search('$.a[?(@.b*1+2)]|c^\\');
  expect(peer.shown()).toEqual([1]);
});

test('a bad expression is told and finds everything; mending it works', () => {
  const peer = new LogHarness();
  peer.add({ text: 'a(b' });
  peer.add({ text: 'c' });
  peer.search('(', { isRegExp: true });
  expect(peer.log.store.getState().searchFault).toContain('Unterminated group');
  expect(peer.shown()).toEqual([1, 2]);
  peer.search('\\(', { isRegExp: true });
  expect(peer.log.store.getState().searchFault).toBeUndefined();
  expect(peer.shown()).toEqual([1]);
});

test('an expression without an end is ended, told, and the log goes on', () => {
  const peer = new LogHarness();
  peer.add({ text: 'a'.repeat(50) });
  peer.log.setFilter({ search: { text: '(a+)+$x', isRegExp: true, isCaseSensitive: false } });
  // The worker never answers.
  peer.pass(maxAnswerMs + 100);
  expect(peer.workers[0]?.isTerminated).toBe(true);
  expect(peer.log.store.getState().searchFault).toBe(tooLong);
  peer.add();
  peer.settle();
  expect(peer.shown()).toEqual([1, 2]);
  peer.search('a{50}', { isRegExp: true });
  expect(peer.log.store.getState().searchFault).toBeUndefined();
  expect(peer.shown()).toEqual([1]);
});

test('new entries are matched as they come, plainly and by expression', () => {
  for (const isRegExp of [false, true]) {
    const peer = new LogHarness();
    peer.search('needle', { isRegExp });
    peer.add({ text: 'needle' });
    peer.add({ text: 'hay' });
    peer.settle();
    expect(peer.shown()).toEqual([1]);
  }
});

test('an answer of the worker to an older search is ignored', () => {
  const peer = new LogHarness();
  peer.add({ text: 'one' });
  peer.add({ text: 'two' });
  peer.log.setFilter({ search: { text: 'one', isRegExp: true, isCaseSensitive: false } });
  const [first] = peer.workers;
  peer.search('two', { isRegExp: true });
  first?.answer();
  peer.settle();
  expect(peer.shown()).toEqual([2]);
  expect(first?.isTerminated).toBe(true);
});

test('a worker that has nothing to do is kept for the next expression, and ended with the last', () => {
  const peer = new LogHarness();
  peer.add({ text: 'one' });
  peer.add({ text: 'two' });
  peer.search('o', { isRegExp: true });
  peer.search('on', { isRegExp: true });
  expect(peer.shown()).toEqual([1]);
  expect(peer.workers.map(({ isTerminated }) => isTerminated)).toEqual([false]);
  peer.search('two');
  expect(peer.shown()).toEqual([2]);
  expect(peer.workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});

test('an expression finds the same as plain text, in order, also what comes between its questions', () => {
  const [plain, byExpression] = [new LogHarness(), new LogHarness()];
  for (const peer of [plain, byExpression]) {
    const add = (n: number) => peer.add({ text: `{"n":${n}}`, statuses: n % 2 ? ['Ok'] : [] });
    peer.log.keepAll(true);
    for (let n = 0; n < 12_000; n += 1) add(n);
    peer.settle();
    const search = { text: '99', isRegExp: peer === byExpression, isCaseSensitive: false };
    peer.log.setFilter({ search });
    for (let n = 12_000; n < 24_000; n += 1) {
      add(n);
      if (n % 1000 !== 0) continue;
      peer.nextFrame();
      peer.workers.at(-1)?.answer();
    }
    peer.settle();
  }
  expect(byExpression.shown().length).toBeGreaterThan(400);
  expect(byExpression.shown()).toEqual(plain.shown());
});

test('an entry that the cap drops while the worker looks at it is not shown', () => {
  const peer = new LogHarness();
  peer.log.keepAll(true);
  peer.add({ text: 'needle' });
  peer.log.setFilter({ search: { text: 'needle', isRegExp: true, isCaseSensitive: false } });
  for (let count = 0; count < maxEntries; count += 1) peer.add();
  peer.settle();
  expect(peer.shown()).toEqual([]);
});

test('regression 13: a search over a full log stops for air and ends, the old list standing until then', () => {
  const peer = new LogHarness();
  peer.log.keepAll(true);
  for (let count = 0; count < 20_000; count += 1) {
    peer.add({ text: `{"KV_GET_RSP":{"tkn":"7","keys":{"n":${count}}}}` });
  }
  peer.settle();
  // A clock on which each look costs time: the search must not want to be through at once.
  const realNow = peer.nowMs;
  let looks = 0;
  Object.defineProperty(peer, 'nowMs', {
    configurable: true,
    get: () => realNow + 1000 + (looks += 1),
    set: () => {},
  });
  peer.log.setFilter({ search: { text: '":19999}', isRegExp: false, isCaseSensitive: false } });
  expect(peer.log.store.getState().isSearching).toBe(true);
  expect(peer.log.visible().length).toBe(20_000);
  Object.defineProperty(peer, 'nowMs', { value: realNow + 100_000, writable: true });
  peer.settle();
  expect(peer.log.store.getState().isSearching).toBe(false);
  expect(peer.shown()).toEqual([20_000]);
});

test('marks begin at the start of a text, whatever was found in another one before', () => {
  const peer = new LogHarness();
  peer.add({ text: '{"KV_GET":{"a":"needle"}}' });
  peer.search('kv');
  let marked: unknown;
  peer.log.matchesIn('{"KV_GET":{}}', (matches) => (marked = matches));
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
  const peer = new LogHarness();
  peer.add({ text: 'needle' });
  peer.search('n.*e', { isRegExp: true });
  peer.workers[0]?.dispatchEvent(new Event('error'));
  expect(peer.log.store.getState().searchFault).toContain("Couldn't load the search.");
  peer.search('n..dle', { isRegExp: true });
  expect(peer.log.store.getState().searchFault).toBeUndefined();
  expect(peer.workers).toHaveLength(2);
});
