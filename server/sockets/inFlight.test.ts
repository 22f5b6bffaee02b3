import { expect, test } from 'vitest';
import { Held, type Hold, type Waiting } from '../eventually.ts';
import { InFlight } from './inFlight.ts';

/** A sync of which a test says when it ends. */
class TestHold implements Hold {
  outcome: boolean | undefined;
  readonly waiting: Waiting[] = [];

  add(waiting: Waiting): void {
    this.waiting.push(waiting);
  }

  end(): void {
    this.outcome = true;
    for (const each of this.waiting) each.noteOutcome();
  }
}

class TestReply extends Held {
  readonly #text: string;

  constructor(hold: Hold, text: string) {
    super(hold);
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  take(): string {
    return this.#text;
  }
}

function createInFlight() {
  const sent: (string | null)[] = [];
  const calls = { done: 0 };
  const inFlight: InFlight = new InFlight(
    {
      outlet: { guard: (work) => work(), fail: (error) => expect.fail(String(error)) },
      takeHeld: (held) => held.take(),
    },
    () => {
      calls.done += 1;
      inFlight.sendDone(
        () => true,
        (reply) => sent.push(reply),
      );
    },
  );
  const begin = (hold: Hold, text: string) =>
    inFlight.begin(new TestReply(hold, text), { size: 1, isBarrier: false });
  return { inFlight, sent, calls, begin };
}

test('all replies that wait for one sync are released at once, in their order', () => {
  const { inFlight, sent, calls, begin } = createInFlight();
  const hold = new TestHold();
  for (const text of ['a', 'b', 'c']) begin(hold, text);
  inFlight.addDone('d');
  expect(hold.waiting).toHaveLength(1);
  expect(sent).toEqual([]);
  hold.end();
  expect(sent).toEqual(['a', 'b', 'c', 'd']);
  expect(calls.done).toBe(1);
  expect(inFlight).toMatchObject({ length: 0, bytes: 0 });
});

test('what waits for a later sync stays, and keeps what is behind it', () => {
  const { sent, begin } = createInFlight();
  const [first, second] = [new TestHold(), new TestHold()];
  begin(first, 'a');
  begin(second, 'b');
  begin(first, 'c');
  first.end();
  expect(sent).toEqual(['a']);
  second.end();
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('a reply that is held back takes room, as it is there', () => {
  const { inFlight, begin } = createInFlight();
  begin(new TestHold(), 'x'.repeat(100));
  expect(inFlight.bytes).toBe(101);
});
