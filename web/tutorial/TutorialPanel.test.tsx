// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Variables } from '../connection/page/variables.ts';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { shippedLessons } from './shippedLessons.ts';
import { TutorialPanel } from './TutorialPanel.tsx';
import { createTutorialStore } from './tutorialStore.ts';
import { outgoing } from '../connection/page/outgoing.ts';

afterEach(cleanup);

const token = '14247375118774737462';
const replies: Readonly<Record<string, string>> = {
  SH_INFO_ALL: '{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}',
  SH_NEW: `{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"${token}"}}`,
  SH_END: `{"SH_END_RSP":{"st":1,"tkn":"${token}"}}`,
  SH_INFO: `{"SH_INFO_RSP":{"st":100,"tkn":"5","shared":null,"keyCnt":null}}`,
};

const expiring = '4711';
const alive =
  '{"SH_INFO_RSP":{"st":1,"tkn":"4711","shared":false,"keyCnt":0,"expiry":{"expires":true,"duration":15,"time":9,"deleteSession":true,"remaining":7}}}';
const nothingKnown: Variables = new Map();
const tokenKnown: Variables = new Map([['tkn', token]]);

/** The panel wired as the app does it; `inserted` and `ran` collect what it hands out. */
async function open({ variables = nothingKnown, lessons = shippedLessons.lessons } = {}) {
  const store = createTutorialStore({
    lessons,
    stored: { read: () => undefined, write: () => true, follow: () => {}, setAside: () => {} },
  });
  const connection = await openScripted((request) => {
    if (request.includes(expiring)) return [alive];
    const name = /\w+/.exec(request)?.[0] ?? '';
    return replies[name] === undefined ? [] : [replies[name]];
  });
  store.follow(connection);
  const inserted: string[] = [];
  const ran: string[] = [];
  const onRun = (text: string) => {
    ran.push(text);
    connection.send(outgoing(text));
  };
  const panel = (known: Variables) => (
    <TutorialPanel
      store={store}
      variables={known}
      onInsert={(text) => inserted.push(text)}
      onRun={onRun}
    />
  );
  const { rerender } = render(panel(variables));
  const learn = (known: Variables) => rerender(panel(known));
  return { store, inserted, ran, connection, learn };
}

const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => fireEvent.click(button(name));
/** Opens or closes the list of lessons. */
const outline = () => fireEvent.click(screen.getByTitle('Show or hide all lessons'));
/** Opens a lesson, and perhaps a step of it, in the outline. */
function openLesson(title: string, step?: string) {
  outline();
  press(title);
  if (step === undefined) return;
  outline();
  press(step);
}
const result = () => screen.getByRole('status', { name: 'Step result' }).textContent;
const isPrimary = (name: string) => button(name).classList.contains('is-primary');
const currentStep = () =>
  screen
    .getAllByRole('button')
    .filter((each) => each.getAttribute('aria-current') === 'step')
    .map((each) => each.textContent);

describe('the panel', () => {
  test('has the promised region and one button of each name', async () => {
    await open();
    const region = within(screen.getByRole('region', { name: 'Tutorial' }));
    for (const name of ['Insert', 'Run', 'Next', 'Back', 'Start over']) {
      expect(region.getAllByRole('button', { name: new RegExp(name, 'i') })).toHaveLength(1);
    }
  });

  test('shows one step, and where it stands', async () => {
    await open();
    expect(screen.getByRole('heading', { name: "What's there?" })).toBeDefined();
    expect(screen.getByRole('article').textContent).toContain('Step 1 of 4');
    expect(screen.queryByRole('list', { name: 'Lessons' })).toBeNull();
    const head = button('Create session 0 of 4');
    expect(head.getAttribute('aria-expanded')).toBe('false');
    outline();
    expect(head.getAttribute('aria-expanded')).toBe('true');
    expect(currentStep()).toEqual(["What's there?"]);
    const lessons = within(screen.getByRole('list', { name: 'Lessons' }));
    const current = lessons.getByRole('button', { name: 'Create session 0 of 4' });
    expect(current.getAttribute('aria-current')).toBe('true');
    expect(button('Set and get 0 of 8').getAttribute('aria-current')).toBeNull();
    outline();
    expect(screen.queryByRole('list', { name: 'Lessons' })).toBeNull();
  });

  test('Insert hands the message out and nothing more; Run hands it out to be sent', async () => {
    const { inserted, ran } = await open();
    press('Insert');
    expect(inserted).toEqual(['{\n  "SH_INFO_ALL": {}\n}']);
    expect(ran).toEqual([]);
    press('Run');
    expect(ran).toEqual(inserted);
  });

  test('a passed step says Done, gets its tick, and Next becomes the way on', async () => {
    await open();
    expect([isPrimary('Run'), isPrimary('Next')]).toEqual([true, false]);
    press('Run');
    expect(result()).toBe('Done: the server replied.No sessions yet, a clean slate.');
    expect([isPrimary('Run'), isPrimary('Next')]).toEqual([false, true]);
    expect(button('Create session 1 of 4')).toBeDefined();
    outline();
    expect(currentStep()).toEqual(["What's there? (done)"]);
  });

  test('while the reply is out it says so', async () => {
    const { connection } = await open();
    press('Next');
    act(() => void connection.send(outgoing('{"SH_NEW" :{"name":"quiet"}}')));
    expect(screen.getByText(/^You did this by hand:/).textContent).toContain(
      'Create your first session',
    );
    openLesson('Set and get 0 of 8');
    act(() => void connection.send(outgoing('{"KV_SET":{"tkn":"5","keys":{}}}')));
    expect(result()).toBe('Waiting for the reply');
  });

  test('a step for reading has no message, and Next is its way on', async () => {
    await open();
    openLesson('Ending sessions 0 of 8', 'Which way to end a session?');
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Insert' })).toBeNull();
    expect(isPrimary('Next')).toBe(true);
    press('Next');
    outline();
    expect(button('Ending sessions 1 of 8')).toBeDefined();
    expect(currentStep()).toEqual(['A session for the bikes']);
  });

  test('any step can be opened, also by its tick', async () => {
    await open();
    outline();
    press('Look at the session');
    expect(screen.getByRole('heading', { name: 'Look at the session' })).toBeDefined();
    expect(screen.queryByRole('list', { name: 'Lessons' })).toBeNull();
    press('Back');
    outline();
    expect(currentStep()).toEqual(['Create your first session']);
    press('Start over');
    expect(currentStep()).toEqual(["What's there?"]);
  });

  test('Back and Next keep the focus where their way ends', async () => {
    await open();
    expect(button('Back').getAttribute('aria-disabled')).toBe('true');
    openLesson('Watch and edit a session live 0 of 6', 'Who was it?');
    button('Next').focus();
    press('Next');
    expect(screen.getByRole('heading', { name: 'Try it yourself' })).toBeDefined();
    expect(button('Next').getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(button('Next'));
  });

  test('without lessons it says so', async () => {
    await open({ lessons: [] });
    expect(screen.getByText('No lessons.')).toBeDefined();
  });
});

describe('a message that needs a token', () => {
  test('without one, a session can be made on the spot', async () => {
    const { ran, learn } = await open();
    openLesson('Set and get 0 of 8');
    expect(screen.getByText(/This tab has no session yet/)).toBeDefined();
    expect([isPrimary('Create a session'), isPrimary('Run')]).toEqual([true, false]);
    press('Create a session');
    expect(ran).toEqual(['{\n  "SH_NEW": {\n    "name": "user1"\n  }\n}']);
    expect(document.activeElement).toBe(button('Run'));
    learn(tokenKnown);
    expect(screen.queryByRole('button', { name: 'Create a session' })).toBeNull();
    expect(isPrimary('Run')).toBe(true);
  });

  test("after a foreign token, one's own is offered", async () => {
    const { inserted, connection } = await open({ variables: tokenKnown });
    outline();
    press('Look at the session');
    act(() => void connection.send(outgoing('{"SH_INFO":{"tkn":"5"}}')));
    expect(result()).toContain('this server has no session with that token');
    press('Use my token');
    expect(inserted).toEqual(['{\n  "SH_INFO": {\n    "tkn": "{{tkn}}"\n  }\n}']);
  });

  test("one's own token is not offered while there is none", async () => {
    const { connection } = await open();
    outline();
    press('Look at the session');
    act(() => void connection.send(outgoing('{"SH_INFO":{"tkn":"5"}}')));
    expect(screen.queryByRole('button', { name: 'Use my token' })).toBeNull();
    expect(button('Create a session')).toBeDefined();
  });
});

describe('a message that needs the token of a named session', () => {
  test('asks for that session, makes it, and has no more to ask', async () => {
    const { ran, learn } = await open({ variables: tokenKnown });
    openLesson('Ending sessions 0 of 8', 'End one of them');
    expect(screen.getByText(/This tab has no session called “first”/).textContent).toContain(
      '{{tkn:first}}',
    );
    press('Create a session');
    expect(ran).toEqual(['{\n  "SH_NEW": {\n    "name": "first"\n  }\n}']);
    learn(new Map([['tkn:first', token]]));
    expect(screen.queryByRole('button', { name: 'Create a session' })).toBeNull();
  });

  test('once the step is done, the token that went with it is not missed', async () => {
    const { learn } = await open({ variables: new Map([['tkn:first', token]]) });
    openLesson('Ending sessions 0 of 8', 'End one of them');
    press('Run');
    learn(nothingKnown);
    expect(result()).toMatch(/^Done/);
    expect(screen.queryByRole('button', { name: 'Create a session' })).toBeNull();
  });
});

describe('a deadline that has to pass', () => {
  afterEach(() => vi.useRealTimers());

  test('is counted down, and then it is time to run the step', async () => {
    const { connection } = await open({ variables: tokenKnown });
    openLesson('Sessions that expire 0 of 12', 'After the deadline');
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
    act(() => void connection.send(outgoing(`{"SH_INFO":{"tkn":"${expiring}"}}`)));
    expect(result()).toBe('Not yet expired.');
    expect(screen.getByText('Wait about 8 s.')).toBeDefined();
    act(() => void vi.advanceTimersByTime(7500));
    expect(screen.getByText('Wait about 1 s.')).toBeDefined();
    expect(screen.queryByText("Time's up. Press Run.")).toBeNull();
    act(() => void vi.advanceTimersByTime(500));
    expect(screen.getByText("Time's up. Press Run.").getAttribute('role')).toBe('status');
    expect(isPrimary('Run')).toBe(true);
  });
});
