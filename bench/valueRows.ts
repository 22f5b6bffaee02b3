import type { Page } from '@playwright/test';
import { openFlooded } from './floodPage.ts';
import { sendMessage } from './browser.ts';
import { longestFrameDuring } from './frames.ts';
import { longestTaskDuring } from './pageWork.ts';
import { median, type Row } from './rows.ts';
import { withFlood } from './withFlood.ts';

const rounds = 3;

interface Step {
  readonly what: string;
  readonly act: (page: Page) => Promise<void>;
}

/** What a person does with a large reply, in this order. */
const steps: readonly Step[] = [
  {
    what: '5 MB reply received and unfolded',
    act: async (page) => {
      await sendMessage(page, '{"KV_GET":{"tkn":"14247375118774737462","keys":["items"]}}');
      await page.getByRole('treeitem').first().waitFor();
    },
  },
  {
    what: '5 MB reply opened in the tree',
    act: async (page) => {
      await page.getByRole('treeitem', { name: /^keys/ }).click();
      await page.getByRole('treeitem', { name: /^items/ }).click();
      await page.getByRole('treeitem', { name: /^0:/ }).waitFor();
    },
  },
  {
    what: '5 MB reply shown as text',
    act: async (page) => {
      await page.getByRole('button', { name: 'Raw', exact: true }).click();
      await page.getByRole('group', { name: 'Payload' }).waitFor();
    },
  },
];

/** How long a large value holds the page up. */
export function measureValue(bundle: string): Promise<Row[]> {
  return withFlood(bundle, async (browser, at) => {
    const seen = steps.map(() => ({ frames: [] as number[], tasks: [] as number[] }));
    const plain: number[] = [];
    for (let round = 0; round < 2 * rounds; round += 1) {
      const page = await openFlooded(browser, at, { rate: 0, seconds: 0 });
      for (const [index, { act }] of steps.entries()) {
        const { frames = [], tasks = [] } = seen[index] ?? {};
        if (round % 2 === 0) frames.push(await longestFrameDuring(page, () => act(page)));
        else tasks.push(await longestTaskDuring(page, () => act(page)));
      }
      plain.push(await plainMs(page));
      await page.context().close();
    }
    return steps.flatMap(({ what }, index) => {
      const { frames = [], tasks = [] } = seen[index] ?? {};
      const row = {
        plain: median(plain),
        plainIs: 'JSON.parse and JSON.stringify of it, laid out',
        goal: { of: 'ours', atMost: 100 } as const,
      };
      return [
        { ...row, what: `${what}: longest frame`, unit: 'ms', ours: median(frames) },
        { ...row, what: `${what}: longest task`, unit: 'ms CPU', ours: median(tasks) },
      ];
    });
  });
}

/** What laying such a value out at once would take. */
function plainMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({
      id,
      name: `item ${id}`,
      tags: ['a', 'b', 'some more text of it'],
    }));
    const text = JSON.stringify({ KV_GET_RSP: { tkn: '14247375118774737462', keys: { items } } });
    const startedMs = performance.now();
    const laidOut = JSON.stringify(JSON.parse(text), undefined, 2);
    return laidOut === '' ? Number.NaN : performance.now() - startedMs;
  });
}
