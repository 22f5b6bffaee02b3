import type { Entry, ReceivedEntry, SentEntry } from '../../web/connection/page/exchange.ts';
import { MessageLog } from '../../web/log/store/messageLog.ts';
import { shownParts } from '../../web/log/shownParts.ts';
import { LogSearch } from '../../web/log/search/logSearch.ts';
import { answerQuestion, type RegExpQuestion } from '../../web/log/search/regExpWork.ts';

/** Does the work of the worker on this thread; it answers when the test says so, or never. */
export class WorkerHarness extends EventTarget {
  readonly #asked: RegExpQuestion[] = [];
  isTerminated = false;

  postMessage(question: RegExpQuestion): void {
    this.#asked.push(question);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#asked.length = 0;
  }

  /** @returns Whether anything was asked. */
  answer(): boolean {
    const asked = this.#asked.splice(0);
    for (const question of asked) {
      this.dispatchEvent(new MessageEvent('message', { data: answerQuestion(question) }));
    }
    return asked.length > 0;
  }
}

/** A log whose frames, timers and clock move when the test says so. */
export class LogHarness {
  nowMs = 1_000_000;
  readonly workers: WorkerHarness[] = [];
  readonly log: MessageLog;
  #lastId = 0;
  readonly #frames: (() => void)[] = [];
  #timers: { atMs: number; run: () => void }[] = [];

  constructor({ hasSearch = true, isShown = true } = {}) {
    this.log = new MessageLog({
      onNextFrame: (run) => this.#frames.push(run),
      nowMs: () => this.nowMs,
      setTimer: (run, delayMs) => {
        const timer = { atMs: this.nowMs + delayMs, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((each) => each !== timer);
        };
      },
    });
    if (isShown) this.bringView();
    if (hasSearch) this.bringSearch();
  }

  /** As the panel does when it is there. */
  bringView(): void {
    this.log.attachView(shownParts);
  }

  /** As {@link bringView}. */
  bringSearch(): void {
    const startWorker = () => {
      const worker = new WorkerHarness();
      this.workers.push(worker);
      return worker;
    };
    this.log.attachSearch((deps) => new LogSearch({ ...deps, startWorker }));
  }

  /** A received message, unless another kind is said. @returns Its id. */
  add(entry: Partial<ReceivedEntry> | Partial<SentEntry> | Partial<Entry> = {}): number {
    this.#lastId += 1;
    const received = {
      kind: 'received',
      atMs: this.nowMs,
      text: '{}',
      name: 'SH_NEW_RSP',
      bytes: 2,
      statuses: [],
      requestId: undefined,
      latencyMs: undefined,
      learned: [],
    };
    const added = { ...received, ...entry, id: this.#lastId } as Entry;
    this.log.observe({ type: 'entry', entry: added });
    return this.#lastId;
  }

  addSent(entry: Partial<SentEntry> = {}): number {
    return this.add({
      kind: 'sent',
      name: 'SH_NEW',
      isQuiet: false,
      outcome: { state: 'waiting' },
      ...entry,
    });
  }

  /** A request that is answered at once. @returns The ids of both. */
  addExchange(
    sent: Partial<SentEntry> = {},
    received: Partial<ReceivedEntry> = {},
  ): { readonly requestId: number; readonly replyId: number } {
    const requestId = this.addSent(sent);
    const replyId = this.add({ requestId, latencyMs: 1, ...received });
    this.answer(requestId, replyId);
    return { requestId, replyId };
  }

  /** Says which reply a request got. */
  answer(requestId: number, replyId: number): void {
    const outcome = { state: 'answered', replyId, latencyMs: 1 } as const;
    this.log.observe({ type: 'outcome', id: requestId, outcome });
  }

  /** Lets time pass with all that is due in it, frames first. */
  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      this.nextFrame();
      const due = this.#timers.filter(({ atMs }) => atMs <= endMs);
      const [next] = due.toSorted((one, other) => one.atMs - other.atMs);
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = endMs;
  }

  nextFrame(): void {
    for (const run of this.#frames.splice(0)) run();
  }

  /** Runs everything that is pending: frames, short timers, the worker. */
  settle(): void {
    do this.pass(300);
    while (this.workers.at(-1)?.answer() === true);
    this.pass(300);
  }

  search(text: string, options: { isRegExp?: boolean; isCaseSensitive?: boolean } = {}): void {
    const search = { text, isRegExp: false, isCaseSensitive: false, ...options };
    this.log.setFilter({ search });
    this.settle();
  }

  shown(): number[] {
    return this.log
      .visible()
      .toArray()
      .map(({ id }) => id);
  }
}
