import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures.ts';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';

const story =
  'a node of Redis is lost while a lesson is followed, and nobody notices more than a wait';

if (spawnSync('redis-server', ['--version']).error) {
  // oxlint-disable-next-line no-restricted-properties -- the title says which program is missing
  test.skip(`${story} needs redis-server`, () => undefined);
} else {
  test(story, async ({ otherServer, page }) => {
    const cluster = await Cluster.start();
    try {
      await otherServer.start('--store', cluster.url, '--store-wait', '20000');
      await page.goto(otherServer.url);
      await followLesson(new ConsolePage(page), cluster);
    } finally {
      await otherServer.stop();
      await cluster.stop();
    }
  });
}

const program = fileURLToPath(new URL('../test/server/cluster/runForStory.ts', import.meta.url));

/** Three masters with a replica each, in a process of their own. */
class Cluster {
  readonly #process = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  readonly #lines: Interface = createInterface({ input: this.#process.stdout });
  url = '';

  static async start(): Promise<Cluster> {
    const cluster = new Cluster();
    cluster.url = await cluster.#nextLine();
    return cluster;
  }

  /** Kills the node that has a session. */
  async loseNodeOf(token: string): Promise<void> {
    const killed = this.#nextLine();
    this.#process.stdin.write(`${token}\n`);
    await killed;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }

  async #nextLine(): Promise<string> {
    const [line] = (await once(this.#lines, 'line')) as [string];
    return line;
  }
}

async function followLesson(console: ConsolePage, cluster: Cluster): Promise<void> {
  const { tutorial, connection } = console;
  const run = tutorial.getByRole('button', { name: 'Run', exact: true });
  const next = tutorial.getByRole('button', { name: 'Next', exact: true });
  const result = tutorial.getByRole('status', { name: 'Step result' });
  const place = tutorial.getByText(/^Step \d+ of \d+$/);
  await expect(connection).toHaveText(/Connected to/);
  const count = Number(/of (\d+)/.exec(await place.innerText())?.[1]);
  for (let step = 1; step <= count; step += 1) {
    await expect(place).toHaveText(`Step ${step} of ${count}`);
    // The session is there since the second step.
    if (step === 3) await cluster.loseNodeOf(await tokenIn(console));
    if (await run.isVisible()) {
      await run.click();
      // Another node has to be elected first.
      await expect(result).toContainText('Done', { timeout: 30_000 });
    }
    if (step < count) await next.click();
  }
  await expect(connection).toHaveText(/Connected to/);
  await expect(console.sessionRow(/user1/)).toBeVisible();
  await expect(console.rows(/StoreUnavailable|Disconnected/)).toHaveCount(0);
}

async function tokenIn({ page }: ConsolePage): Promise<string> {
  const text = await page.getByRole('log', { name: 'Messages' }).innerText();
  const token = /"tkn": ?"(\d+)"/.exec(text)?.[1];
  if (token === undefined) throw new Error(`No reply has a token: ${text}`);
  return token;
}
