import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { expect, test as base } from './fixtures.ts';
import { LogPage } from '../client/testing/playwright/logPage.ts';

/** A server that says whatever the test wants, to the console that has connected to it. */
class Speaker {
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  #socket: WebSocket | undefined;
  #flood: NodeJS.Timeout | undefined;

  async start(): Promise<void> {
    this.#server.on('connection', (socket) => (this.#socket = socket));
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  say(data: string | Uint8Array): void {
    this.#socket?.send(data);
  }

  /** Says a reply for each number. */
  sayMany(from: number, to: number): void {
    for (let n = from; n <= to; n += 1) this.say(`{"KV_GET_RSP":{"keys":{"n":${n}}}}`);
  }

  /**
   * Says many a second, all at once: so they come close together on a busy machine as well.
   * @returns The function that stops it. It returns how many were sent.
   */
  flood(perSecond: number): () => number {
    let said = 0;
    this.#flood = setInterval(() => {
      this.sayMany(said + 1, said + perSecond);
      said += perSecond;
    }, 1000);
    return () => {
      clearInterval(this.#flood);
      return said;
    };
  }

  close(): void {
    clearInterval(this.#flood);
    this.#socket?.terminate();
    this.#server.close();
  }
}

interface LogFixtures {
  readonly log: LogPage;
  /** A server of the test's own; the console is connected to it. */
  readonly speaker: Speaker;
}

export const test = base.extend<LogFixtures>({
  log: async ({ console }, use) => {
    await use(new LogPage(console.page));
  },
  speaker: async ({ console, page }, use) => {
    const speaker = new Speaker();
    await speaker.start();
    await console.button('Disconnect').click();
    await page.getByRole('textbox', { name: 'Server URL' }).fill(speaker.url);
    await console.button('Connect').click();
    await expect(console.connection).toHaveText(/Connected to/);
    await console.button('Clear messages').click();
    await use(speaker);
    speaker.close();
  },
});

export { expect } from '@playwright/test';
