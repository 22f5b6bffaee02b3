import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { chromiumPath } from './browser.ts';
import { pause } from './pause.ts';

/** What a page does not show within this time it never will. */
const patienceMs = 30_000;

interface Answer {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

/**
 * A page in its own browser, with as few calls as possible. Playwright has each frame of a
 * WebSocket sent to it; at 10,000 a second that alone takes more than half of a processor, and what
 * would be measured is the measuring.
 */
export class BarePage {
  readonly #browser: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(browser: ChildProcess, profile: string, socket: WebSocket) {
    this.#browser = browser;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      // Chromium's own words.
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** Runs with an address opened in a fresh browser. */
  static async with<T>(url: string, run: (page: BarePage) => Promise<T>): Promise<T> {
    const page = await BarePage.#open();
    try {
      // Answered when the page is there.
      await page.send('Page.navigate', { url });
      return await run(page);
    } finally {
      await page.#close();
    }
  }

  static async #open(): Promise<BarePage> {
    const profile = mkdtempSync(join(tmpdir(), 'seshdeck-bench-browser-'));
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'];
    const own = ['--remote-debugging-port=0', `--user-data-dir=${profile}`];
    const size = '--window-size=1440,900';
    const args = [...flags, ...own, size, '--disable-background-networking', 'about:blank'];
    const browser = spawn(chromiumPath(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const socket = new WebSocket(await addressOfPage(await portOf(browser)));
    await once(socket, 'open');
    return new BarePage(browser, profile, socket);
  }

  /** Runs a function of the page's, without named functions in it: tsx would name them by a helper. */
  async evaluate<Args extends readonly unknown[], T>(
    run: (...args: Args) => T,
    ...args: Args
  ): Promise<T> {
    const expression = `(${run.toString()})(...${JSON.stringify(args)})`;
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', options)) as {
      result: { value: T };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'It threw');
    return result.value;
  }

  /** Waits until a function of the page's is true. */
  async until<Args extends readonly unknown[]>(
    isSo: (...args: Args) => boolean,
    ...args: Args
  ): Promise<void> {
    const endMs = performance.now() + patienceMs;
    while (!(await this.evaluate(isSo, ...args))) {
      if (performance.now() > endMs) throw new Error(`It never was so: ${isSo.toString()}`);
      await pause(100);
    }
  }

  /** Presses a button by its name, when it is there. */
  async click(name: string): Promise<void> {
    await this.until((wanted) => {
      const button = [...document.querySelectorAll('button')].find(
        (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === wanted,
      );
      button?.click();
      return button !== undefined;
    }, name);
  }

  /** Types one character where the focus is. */
  async press(character: string): Promise<void> {
    const key = { key: character, windowsVirtualKeyCode: character.toUpperCase().charCodeAt(0) };
    await this.send('Input.dispatchKeyEvent', { ...key, type: 'keyDown', text: character });
    await this.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp' });
  }

  /** One command of the DevTools protocol. */
  async send(method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    this.#waiting.delete(id);
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  async #close(): Promise<void> {
    const ended = once(this.#browser, 'close');
    this.#socket.close();
    this.#browser.kill('SIGTERM');
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where a browser that has been started listens. */
function portOf(browser: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    browser.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const port = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    browser.on('close', () => reject(new Error(`The browser ended: ${said}`)));
  });
}

async function addressOfPage(port: number): Promise<string> {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    const answer = await fetch(`http://127.0.0.1:${port}/json`);
    const targets = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type }) => type === 'page');
    if (page) return page.webSocketDebuggerUrl;
    await pause(100);
  }
  throw new Error('The browser opened no page');
}
