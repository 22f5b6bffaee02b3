import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import { asJsonText, quote } from '../../protocol/json/jsonText.ts';
import { readToken } from '../../protocol/token.ts';
import { InspectionPeer, summary } from '../../test/web/inspectionPeer.ts';
import type { Inspector } from './inspector.ts';

let peer: InspectionPeer;
let inspector: Inspector;
let runTimers: () => void;

beforeEach(async () => {
  peer = await InspectionPeer.start();
  ({ inspector, runTimers } = peer.inspector());
});
afterEach(() => {
  inspector.dispose();
  peer.stop();
});

const view = () => inspector.store.getState();
const names = () => inspector.sessions().map(({ name }) => name);
const reach = (state: string) => vi.waitFor(() => expect(view().status.state).toBe(state));
const token = readToken(quote('14247375118774737462')) ?? null;

async function watchFirst() {
  inspector.start();
  await reach('live');
  inspector.watch('1');
  await vi.waitFor(() => expect(peer.requests).toContainEqual({ type: 'watch', id: '1' }));
}

async function revealFirst() {
  await watchFirst();
  inspector.reveal();
  await vi.waitFor(() => expect(peer.requests).toContainEqual({ type: 'reveal', id: '1' }));
  peer.say({ type: 'token', id: '1', token });
  await vi.waitFor(() => expect(view().watched?.token).toBe('14247375118774737462'));
}

test('with a ticket the list comes, in the order of creation, with the server clock', async () => {
  inspector.start();
  await reach('live');
  expect(names()).toEqual(['first', 'second']);
  expect(view()).toMatchObject({ totalSessions: 2, totalKeys: 3, server: { version: '1.0.0' } });
  expect(inspector.serverNowMs()).toBe(1000);
  expect(peer.offered).toEqual([['seshdeck.inspect.v1', 'seshdeck.ticket.t1']]);
});

test('a view takes part: it asks when it can, and again after a lost connection', async () => {
  const seen: string[] = [];
  const part = {
    receive: ({ type }: InspectionEvent) => void seen.push(type),
    onLive: () => void seen.push(inspector.ask({ type: 'clients', number: 1 }) ? 'asked' : 'not'),
    onLost: () => void seen.push('lost'),
  };
  inspector.add(part);
  expect(inspector.ask({ type: 'unclients' })).toBe(false);
  inspector.start();
  await vi.waitFor(() => expect(seen).toEqual(['hello', 'sessions', 'asked']));
  await vi.waitFor(() => expect(peer.requests).toEqual([{ type: 'clients', number: 1 }]));
  peer.cutOff();
  await vi.waitFor(() => expect(seen.at(-1)).toBe('lost'));
  await reach('retrying');
  runTimers();
  await vi.waitFor(() => expect(seen.slice(4)).toEqual(['hello', 'sessions', 'asked']));
  const late: string[] = [];
  inspector.add({ receive: () => {}, onLive: () => void late.push('at once') })();
  expect(late).toEqual(['at once']);
});

test('a changed session keeps its place, a removed one goes, an unknown one comes last', async () => {
  inspector.start();
  await reach('live');
  const changed = [summary('3', 'third'), summary('2', 'renamed')];
  const totals = { totalSessions: 2, totalKeys: 2, nowMs: 1000 };
  peer.say({ type: 'sessions', isReset: false, ...totals, changed, removed: ['1'] });
  await vi.waitFor(() => expect(names()).toEqual(['renamed', 'third']));
});

test('keys of the watched session come digit for digit, those of others are ignored', async () => {
  await watchFirst();
  const entry = (key: string, text: string) => {
    return { key, length: text.length, value: asJsonText(text) };
  };
  const keys = { type: 'keys', totalKeys: 2, removed: [] as string[] } as const;
  peer.say({ ...keys, id: '2', isReset: true, changed: [entry('x', '1')] });
  const first = [entry('a', '18446744073709551615'), entry('__proto__', '"teal"')];
  peer.say({ ...keys, id: '1', isReset: true, changed: first });
  await vi.waitFor(() => expect(inspector.keys()).toEqual(first));
  const removed = ['__proto__'];
  peer.say({ ...keys, id: '1', isReset: false, changed: [entry('b', '2')], removed });
  await vi.waitFor(() => expect(inspector.keys().map(({ key }) => key)).toEqual(['a', 'b']));
});

test('a long value is asked for and takes the place of its absence', async () => {
  await watchFirst();
  const changed = [{ key: 'big', length: 70_000 }];
  peer.say({ type: 'keys', id: '1', isReset: true, totalKeys: 1, removed: [], changed });
  await vi.waitFor(() => expect(inspector.keys()).toHaveLength(1));
  inspector.loadValue('big');
  expect(inspector.isLoading('big')).toBe(true);
  await vi.waitFor(() => expect(peer.requests.at(-1)).toMatchObject({ type: 'value', key: 'big' }));
  peer.say({ type: 'value', id: '1', key: 'big', value: asJsonText('"here"') });
  await vi.waitFor(() => expect(inspector.keys()[0]?.value).toBe('"here"'));
  expect(inspector.isLoading('big')).toBe(false);
});

test('a value that the server could not read can be asked for again', async () => {
  await watchFirst();
  const changed = [{ key: 'big', length: 70_000 }];
  peer.say({ type: 'keys', id: '1', isReset: true, totalKeys: 1, removed: [], changed });
  await vi.waitFor(() => expect(inspector.keys()).toHaveLength(1));
  inspector.loadValue('big');
  peer.say({ type: 'unanswered', question: 'value', id: '1', key: 'big', status: 901 });
  await vi.waitFor(() => expect(inspector.isLoading('big')).toBe(false));
  inspector.loadValue('big');
  await vi.waitFor(() =>
    expect(peer.requests.filter(({ type }) => type === 'value')).toHaveLength(2),
  );
});

test('questions that the server could not answer end without an answer', async () => {
  await watchFirst();
  const answers = [
    inspector.questions.peek('5'),
    inspector.questions.askToken('2'),
    inspector.askToken(),
  ];
  const facts = { type: 'unanswered', status: 901 } as const;
  peer.say({ ...facts, question: 'peek', token: '5' });
  peer.say({ ...facts, question: 'reveal', id: '2' });
  peer.say({ ...facts, question: 'reveal', id: '1' });
  expect(await Promise.all(answers)).toEqual([undefined, undefined, undefined]);
});

test('a key that holds null is there, not too long to be listed', async () => {
  await watchFirst();
  const changed = [{ key: 'nothing', length: 4, value: asJsonText('null') }];
  peer.say({ type: 'keys', id: '1', isReset: true, totalKeys: 1, removed: [], changed });
  await vi.waitFor(() => expect(inspector.keys()[0]?.value).toBe('null'));
});

test('keys of a comparison are not taken for those of the watched session', async () => {
  await watchFirst();
  const one = (key: string) => [{ key, length: 1, value: asJsonText('1') }];
  const all = { type: 'keys' as const, id: '1', isReset: true, totalKeys: 1, removed: [] };
  peer.say({ ...all, number: 3, changed: one('compared') });
  peer.say({ ...all, changed: one('watched') });
  peer.say({ ...all, number: 3, changed: one('compared') });
  peer.say({ ...all, isReset: false, changed: one('later') });
  await vi.waitFor(() => expect(inspector.keys()).toHaveLength(2));
  expect(inspector.keys().map(({ key }) => key)).toEqual(['watched', 'later']);
});

test('a session that ends under our eyes has no keys and no token any more', async () => {
  await revealFirst();
  peer.say({ type: 'gone', id: '1' });
  await vi.waitFor(() => expect(view().watched).toMatchObject({ isGone: true, totalKeys: 0 }));
  expect(view().watched?.token).toBeUndefined();
  expect(view().watched?.summary.name).toBe('first');
});

test('a revealed token is forgotten when it is hidden and when another is watched', async () => {
  await revealFirst();
  inspector.hide();
  expect(view().watched?.token).toBeUndefined();
  inspector.reveal();
  peer.say({ type: 'token', id: '1', token });
  await vi.waitFor(() => expect(view().watched?.token).toBeDefined());
  inspector.watch('2');
  inspector.watch('1');
  expect(view().watched?.token).toBeUndefined();
});

test('a token that is asked for is given to who asked, not shown', async () => {
  await watchFirst();
  const asked = inspector.askToken();
  peer.say({ type: 'token', id: '1', token });
  expect(await asked).toBe('14247375118774737462');
  await Promise.resolve();
  expect(view().watched?.token).toBeUndefined();
});

test('a lost connection is tried again with a fresh ticket and watches the same session', async () => {
  await revealFirst();
  peer.ticketAnswer = '{"proof":"ticket","ticket":"t2"}';
  peer.requests.length = 0;
  peer.cutOff();
  await reach('retrying');
  expect(view().watched?.token).toBeUndefined();
  runTimers();
  await reach('live');
  expect(peer.offered.at(-1)).toContain('seshdeck.ticket.t2');
  await vi.waitFor(() => expect(peer.requests).toEqual([{ type: 'watch', id: '1' }]));
});

test('the chosen session stays chosen when it is no longer among the newest', async () => {
  await watchFirst();
  peer.sayAll([summary('2', 'second')]);
  await vi.waitFor(() => expect(names()).toEqual(['second']));
  expect(view().watched?.isGone).toBe(false);
  peer.say({ type: 'session', ...summary('1', 'first'), keyCount: 7 });
  await vi.waitFor(() => expect(view().watched?.summary.keyCount).toBe(7));
});

test('a session is chosen by its id alone, and opens when it is known', async () => {
  inspector.start();
  await reach('live');
  inspector.watch('9');
  expect(view()).toMatchObject({ watched: undefined, opening: { id: '9', isMissing: false } });
  peer.say({ type: 'session', ...summary('9', 'old') });
  await vi.waitFor(() => expect(view().watched?.summary.name).toBe('old'));
  expect(view().opening).toBeUndefined();
});

test('a session that there is not is said to be missing, and asked for again after a lost connection', async () => {
  inspector.start();
  await reach('live');
  inspector.watch('9');
  peer.say({ type: 'gone', id: '9' });
  await vi.waitFor(() => expect(view().opening).toEqual({ id: '9', isMissing: true }));
  peer.requests.length = 0;
  peer.cutOff();
  await reach('retrying');
  runTimers();
  await reach('live');
  await vi.waitFor(() => expect(peer.requests).toEqual([{ type: 'watch', id: '9' }]));
});

test('an event of a newer server is left aside, garbage is not', async () => {
  inspector.start();
  await reach('live');
  peer.sayText('{"weather":{"sun":true}}');
  peer.sayAll([summary('2', 'after the weather')]);
  await vi.waitFor(() => expect(names()).toEqual(['after the weather']));
  expect(view().status.state).toBe('live');
  peer.sayText('what?');
  await reach('retrying');
});

test('an unusable ticket answer is reported, and Retry now retries at once', async () => {
  peer.ticketAnswer = '<html>';
  inspector.start();
  await reach('retrying');
  expect(view().status).toMatchObject({ retryAtMs: 900 });
  peer.ticketAnswer = '{"proof":"ticket","ticket":"t3"}';
  inspector.retry();
  await reach('live');
});

test('an attempt from before the server was back does not make the next one late', async () => {
  peer.ticketAnswer = '<html>';
  inspector.start();
  await reach('retrying');
  inspector.retry();
  await reach('retrying');
  expect(view().status).toMatchObject({ retryAtMs: 900 });
  runTimers();
  expect(view().status.state).toBe('connecting');
  inspector.retry();
  await reach('retrying');
  expect(view().status).toMatchObject({ retryAtMs: 900 });
});

test('a server without inspection says so', async () => {
  peer.ticketAnswer = '{"proof":"off"}';
  inspector.start();
  await reach('off');
  expect(peer.offered).toEqual([]);
});

test('a key opens, travels as base64url, and a wrong one is refused', async () => {
  peer.ticketAnswer = '{"proof":"key"}';
  const right = `seshdeck.key.${Buffer.from('gehéim?').toString('base64url')}`;
  peer.accepts = (protocols) => protocols.includes(right);
  inspector.start();
  await reach('needsKey');
  expect(view().status).toEqual({ state: 'needsKey', keyFault: undefined });
  inspector.useKey('wrong');
  await vi.waitFor(() => expect(view().status).toEqual({ state: 'needsKey', keyFault: 'refused' }));
  inspector.useKey('gehéim?');
  await reach('live');
});

test('a peek is answered once for all who ask', async () => {
  inspector.start();
  await reach('live');
  const peeks = [inspector.questions.peek('123450001'), inspector.questions.peek('123450001')];
  const question = { type: 'peek', token: '123450001' } as const;
  await vi.waitFor(() => expect(peer.requests).toEqual([question]));
  const keys = [{ key: 'a', type: 'number', preview: '1' }] as const;
  peer.say({ type: 'peeked', token: '123450001', isLiving: true, keys: [...keys] });
  for (const peeked of await Promise.all(peeks)) expect(peeked).toMatchObject({ keys });
});

test('without a connection a peek has no answer, and one under way ends with the connection', async () => {
  expect(await inspector.questions.peek('1')).toBeUndefined();
  inspector.start();
  await reach('live');
  const peek = inspector.questions.peek('1');
  await vi.waitFor(() => expect(peer.requests).toHaveLength(1));
  peer.cutOff();
  expect(await peek).toBeUndefined();
});

test('the token of a session that is not watched is given without being shown', async () => {
  await watchFirst();
  const asked = inspector.questions.askToken('2');
  await vi.waitFor(() => expect(peer.requests).toContainEqual({ type: 'reveal', id: '2' }));
  peer.say({ type: 'token', id: '2', token });
  expect(await asked).toBe('14247375118774737462');
  expect(view().watched?.token).toBeUndefined();
});

test('how safe the data is follows the server, and is not known without a connection', async () => {
  inspector.start();
  await reach('live');
  expect(view().store).toBeUndefined();
  const facts = { state: 'ready', reason: undefined, journal: undefined } as const;
  peer.say({ type: 'store', durability: 'commit', ...facts });
  await vi.waitFor(() => expect(view().store?.durability).toBe('commit'));
  peer.cutOff();
  await reach('retrying');
  expect(view().store).toBeUndefined();
});

test.each(['off', 'key'])(
  'without access (%s), what everybody may know of the data is asked for again and again',
  async (proof) => {
    peer.ticketAnswer = `{"proof":"${proof}"}`;
    peer.healthAnswer = '{"status":"ok","durability":"relaxed","state":"ready","keys":null}';
    inspector.start();
    await vi.waitFor(() => expect(view().store).toMatchObject({ durability: 'relaxed' }));
    peer.healthAnswer = '{"durability":"relaxed","state":"refusing","reason":"The disk is full"}';
    runTimers();
    await vi.waitFor(() => expect(view().store?.reason).toBe('The disk is full'));
    expect(peer.offered).toEqual([]);
  },
);

test('a question that is refused gets no answer, and can be asked again', async () => {
  await watchFirst();
  const asked = inspector.askToken();
  await vi.waitFor(() => expect(peer.requests).toContainEqual({ type: 'reveal', id: '1' }));
  peer.say({ type: 'refused', request: 'reveal', right: 'end', id: '1' });
  expect(await asked).toBeUndefined();
  peer.say({
    type: 'keys',
    id: '1',
    isReset: true,
    totalKeys: 1,
    changed: [{ key: 'k', length: 9e5 }],
    removed: [],
  });
  await vi.waitFor(() => expect(inspector.keys()).toHaveLength(1));
  inspector.loadValue('k');
  expect(inspector.isLoading('k')).toBe(true);
  peer.say({ type: 'refused', request: 'value', right: 'values', id: '1', key: 'k' });
  await vi.waitFor(() => expect(inspector.isLoading('k')).toBe(false));
});

test('without the right to look it is live, and what was shown is gone', async () => {
  inspector.start();
  await reach('live');
  expect(names()).toEqual(['first', 'second']);
  peer.say({ type: 'rights', may: ['audit'], prefix: '' });
  await vi.waitFor(() => expect(view().rights).toEqual({ may: ['audit'], prefix: '' }));
  expect(names()).toEqual([]);
  expect(view().status.state).toBe('live');
});

test('when its key is removed, it asks for another, and shows nothing any more', async () => {
  peer.ticketAnswer = '{"proof":"key"}';
  inspector.useKey('a key of sixteen');
  await reach('live');
  peer.close(1008, 'The inspection key was removed');
  await reach('needsKey');
  expect(view().status).toEqual({ state: 'needsKey', keyFault: 'removed' });
  expect(names()).toEqual([]);
  runTimers();
  expect(peer.offered).toHaveLength(1);
});
