import { describe, expect, test } from 'vitest';
import { proveAlone } from './aloneProof.ts';

/** What a node of three masters says, one time after the other: of the second, and of the epoch. */
interface Said {
  /** When it was asked, 0 when it has answered since; and when it answered last. */
  readonly asked: number;
  readonly answered: number;
  readonly epoch?: number;
}

/** A node whose clock began at 0 and moves on by 100 ms from one look to the next; its replica does not answer. */
function nodeThatSays(said: readonly Said[]) {
  let looks = 0;
  const now = () => said[looks - 1] ?? { asked: 0, answered: 0 };
  return {
    wait: async () => 0,
    time: async () => [0, looks * 100_000],
    cluster: async (what: string) => {
      if (what === 'INFO') return `cluster_current_epoch:${now().epoch ?? 1}\r\n`;
      looks += 1;
      const { asked, answered } = now();
      return [
        'a 127.0.0.1:1@11 myself,master - 0 0 1 connected 0-5460',
        `b 127.0.0.1:2@12 master - ${asked} ${answered} 2 connected 5461-10922`,
        'c 127.0.0.1:3@13 master,fail? - 20 10 3 connected 10923-16383',
        'd 127.0.0.1:4@14 slave,fail? a 20 10 1 connected',
      ].join('\n');
    },
    get looks() {
      return looks;
    },
  };
}

describe('a node whose replica does not answer', () => {
  test('is alone when most masters have answered since', async () => {
    const node = nodeThatSays([
      { asked: 0, answered: 90 },
      { asked: 110, answered: 90 },
      { asked: 0, answered: 250 },
    ]);
    expect(await proveAlone(node)).toBe('alone');
    expect(node.looks).toBe(3);
  });

  test('is not proven to be by an answer to an earlier question, which may have been on its way for long', async () => {
    const node = nodeThatSays([
      { asked: 80, answered: 20 },
      { asked: 0, answered: 150 },
      { asked: 210, answered: 150 },
      { asked: 0, answered: 350 },
    ]);
    expect(await proveAlone(node)).toBe('alone');
    expect(node.looks).toBe(4);
  });

  test('is not proven to be by an answer that came with the news of an election', async () => {
    const node = nodeThatSays([
      { asked: 0, answered: 90 },
      { asked: 0, answered: 150, epoch: 2 },
      { asked: 0, answered: 150, epoch: 2 },
      { asked: 0, answered: 350, epoch: 2 },
    ]);
    expect(await proveAlone(node)).toBe('alone');
    expect(node.looks).toBe(4);
  });
});
