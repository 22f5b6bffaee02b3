import { Connection } from '../../web/connection/page/connection.ts';
import type { ConnectionDeps } from '../../web/connection/page/connectionDeps.ts';
import { directSockets } from './directSockets.ts';

/** How a scripted server answers: replies at once, or `drop` ends the connection. */
export type Answer = (request: string) => readonly string[] | 'drop';

/** A socket with the far end written out, for tests: everything happens at once, nothing waits. */
class ScriptedSocket extends EventTarget {
  readonly #answer: Answer;

  constructor(answer: Answer) {
    super();
    this.#answer = answer;
    queueMicrotask(() => this.dispatchEvent(new Event('open')));
  }

  send(text: string): void {
    const replies = this.#answer(text);
    if (replies === 'drop') {
      this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason: '' }));
      return;
    }
    for (const reply of replies) this.dispatchEvent(new MessageEvent('message', { data: reply }));
  }

  close(): void {
    // Nothing depends on the close.
  }
}

/** The real connection, open, to a scripted server. For tests. */
export async function openScripted(
  answer: Answer,
  deps: Partial<ConnectionDeps> = {},
): Promise<Connection> {
  const connection = new Connection('ws://scripted', {
    openSocket: directSockets({
      makeSocket: () => new ScriptedSocket(answer) as unknown as WebSocket,
      nowMs: () => 0,
    }),
    nowMs: () => 0,
    setTimer: () => () => {},
    ...deps,
  });
  connection.connect();
  await Promise.resolve();
  return connection;
}
