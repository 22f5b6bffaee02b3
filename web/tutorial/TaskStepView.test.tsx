// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { openScripted } from '../../test/web/scriptedConnection.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { LessonBar } from './LessonBar.tsx';
import { shippedLessons } from './shippedLessons.ts';
import { TutorialPanel } from './TutorialPanel.tsx';
import { createTutorialStore } from './tutorialStore.ts';

afterEach(cleanup);

const token = '14247375118774737462';

/** A server with one session, at the task of the first lesson. */
async function open(view: 'panel' | 'bar' = 'panel') {
  const session = { duration: 0 };
  const asked: string[][] = [];
  const info = () =>
    `{"SH_INFO_RSP":{"st":1,"tkn":"${token}","shared":false,"keyCnt":0,"expiry":{"expires":${session.duration > 0},"duration":${session.duration},"time":0,"deleteSession":true}}}`;
  let answer = async (commands: readonly string[]) => commands.map(info);
  const tutorial = createTutorialStore({
    lessons: shippedLessons.lessons,
    stored: storedInMemory(),
    ask: async (_, commands) => {
      asked.push([...commands]);
      return answer(commands);
    },
  });
  const connection = await openScripted((request) => {
    session.duration = Number(/"duration":(\d+)/.exec(request)?.[1] ?? session.duration);
    const name = /\w+/.exec(request)?.[0] ?? '';
    return [`{"${name}_RSP":{"st":1,"name":"basket","tkn":"${token}"}}`];
  });
  tutorial.openStep('try-it-yourself');
  tutorial.follow(connection);
  const ran: string[] = [];
  const closed: string[] = [];
  if (view === 'panel') {
    const variables = connection.store.getState().variables;
    render(
      <TutorialPanel
        store={tutorial}
        variables={variables}
        onInsert={() => {}}
        onRun={(text) => ran.push(text)}
      />,
    );
  } else {
    render(
      <LessonBar
        tutorial={tutorial}
        onOpen={() => closed.push('opened')}
        onClosed={() => closed.push('closed')}
      />,
    );
  }
  const send = (text: string) => act(async () => void connection.send(outgoing(text)));
  const hold = () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    answer = async (commands) => {
      const replies = commands.map(info);
      await held;
      return replies;
    };
    return release;
  };
  /** In the inspector, whose commands go another way. */
  const expireElsewhere = (duration: number) =>
    act(async () => {
      session.duration = duration;
      tutorial.noticeAct();
    });
  return { tutorial, connection, asked, send, ran, closed, hold, expireElsewhere };
}

const goals = () => within(screen.getByRole('list', { name: 'Goals' })).getAllByRole('listitem');
const met = () => goals().map(({ textContent }) => textContent.includes('(done)'));
const result = () => screen.getByRole('status', { name: 'Step result' }).textContent;

test('a task says what is missing, goal by goal, until the server holds all of it', async () => {
  const { asked, send } = await open();
  expect(goals().map(({ textContent }) => textContent)).toEqual([
    'A session named basket exists',
    'It ends after 10 minutes',
  ]);
  expect(result()).toBe('');
  expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
  await send('{"SH_NEW":{"name":"basket"}}');
  expect(met()).toEqual([true, false]);
  expect(result()).toContain('has no expiry yet');
  // Two goals with one question: it is asked once.
  expect(asked).toHaveLength(1);
  expect(asked[0]).toHaveLength(1);
  await send('{"SH_TOUCH":{"tkn":"5","duration":600}}');
  expect(met()).toEqual([true, true]);
  expect(result()).toContain('Done:');
  await send('{"SH_TOUCH":{"tkn":"5","duration":60}}');
  expect(result()).toContain('Done:');
  expect(asked).toHaveLength(2);
});

test('what was done before the task was opened counts, and nothing is said to be missing', async () => {
  const { tutorial, send } = await open();
  await act(async () => tutorial.openStep('whats-there'));
  await send('{"SH_NEW":{"name":"basket"}}');
  await act(async () => tutorial.openStep('try-it-yourself'));
  expect(met()).toEqual([true, false]);
  expect(result()).toBe('');
  await act(async () => tutorial.openStep('whats-there'));
  await send('{"SH_NEW":{"name":"basket","expiry":{"duration":600,"deleteSession":true}}}');
  await act(async () => tutorial.openStep('try-it-yourself'));
  expect(result()).toContain('Done:');
});

test('what is done in the inspector counts at once', async () => {
  const { send, expireElsewhere } = await open();
  await send('{"SH_NEW":{"name":"basket"}}');
  expect(met()).toEqual([true, false]);
  await expireElsewhere(60);
  expect(result()).toContain('60');
  await expireElsewhere(600);
  expect(result()).toContain('Done:');
});

test('replies that come while the server is asked are asked about once more, not each', async () => {
  const { asked, send, hold } = await open();
  await send('{"SH_NEW":{"name":"basket"}}');
  expect(asked).toHaveLength(1);
  const release = hold();
  for (const duration of [10, 20, 600])
    await send(`{"SH_TOUCH":{"tkn":"5","duration":${duration}}}`);
  expect(asked).toHaveLength(2);
  release();
  await vi.waitFor(() => expect(result()).toContain('Done:'));
  expect(asked).toHaveLength(3);
});

test('a server that does not answer changes nothing', async () => {
  const { send, hold } = await open();
  hold();
  await send('{"SH_NEW":{"name":"basket","expiry":{"duration":600,"deleteSession":true}}}');
  expect(met()).toEqual([false, false]);
  expect(result()).toBe('');
});

test('a way is shown on demand, and can be run', async () => {
  const { ran } = await open();
  const show = screen.getByRole('button', { name: 'Show a way' });
  expect(show.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(show);
  const message = within(screen.getByRole('group', { name: 'Message 1 of 1' }));
  fireEvent.click(message.getByRole('button', { name: 'Run' }));
  expect(ran).toEqual([expect.stringContaining('"duration": 600')]);
  fireEvent.click(screen.getByRole('button', { name: 'Hide the way' }));
  expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
});

test('the bar shows the step, what is missing, and Done', async () => {
  const { send, tutorial } = await open('bar');
  const step = screen.getByRole('status', { name: 'Lesson step' });
  expect(step.textContent).toContain('Step 4 of 4');
  expect(step.textContent).toContain('Now without a message to copy.');
  await send('{"SH_NEW":{"name":"basket"}}');
  expect(step.textContent).toContain('has no expiry yet');
  await send('{"SH_TOUCH":{"tkn":"5","duration":600}}');
  expect(step.textContent).toContain('Done: the session is there');
  fireEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(step.textContent).toContain('Set and get Step 1 of 8');
  expect(tutorial.store.getState().lessonId).toBe('set-and-get');
});

test('the bar follows what is done by hand, names its step, and goes when it is closed', async () => {
  const { send, tutorial, closed } = await open('bar');
  await act(async () => tutorial.openStep('create-your-first-session'));
  await send('{"SH_NEW":{"name":"basket"}}');
  const step = screen.getByRole('status', { name: 'Lesson step' });
  expect(step.textContent).toContain('Done: Create your first session');
  expect(step.textContent).toContain('Step 3 of 4');
  fireEvent.click(screen.getByRole('button', { name: 'Open lesson' }));
  fireEvent.click(screen.getByRole('button', { name: 'Close lesson' }));
  expect(closed).toEqual(['opened', 'closed']);
  expect(screen.queryByRole('region', { name: 'Lesson' })).toBeNull();
  cleanup();
  render(
    <TutorialPanel store={tutorial} variables={new Map()} onInsert={() => {}} onRun={() => {}} />,
  );
  expect(tutorial.store.getState().isBarClosed).toBe(false);
});
