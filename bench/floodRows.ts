import {
  countWhenSettledBare,
  focusComposer,
  heapBytesBare,
  connectToFlood,
  startFloodBare,
} from './bareConsole.ts';
import { BarePage } from './barePage.ts';
import { typeAndWatch, type Smoothness } from './frames.ts';
import { busyWhile } from './pageWork.ts';
import type { Row } from './rows.ts';
import { withFloodServers, type Addresses } from './withFlood.ts';

const rate = 10_000;
const floodSeconds = 30;
/** Of the flood; with everything kept, the log has been full for a while by then. */
const watchMs = 20_000;
const restMs = 6_000;

/** A flood of single frames into the console as it is shipped, while somebody types. */
export function measureFlood(bundle: string): Promise<Row[]> {
  return withFloodServers(bundle, async (at) => {
    const plain = {
      rest: await watchRest(at),
      dropping: await watchDropping(at),
    };
    return [
      ...flooded('sampled', plain, await watchConsole(at, { keepsAll: false })),
      ...flooded('all kept', plain, await watchConsole(at, { keepsAll: true })),
    ];
  });
}

interface Watched extends Smoothness {
  /** Processor time of the page's thread. */
  readonly busyMsPerSecond: number;
}

interface Flooded extends Watched {
  readonly counted: number;
  /** After {@link watchMs}. */
  readonly middleHeap: number;
  readonly endHeap: number;
}

type Plain = Readonly<Record<'rest' | 'dropping', Watched>>;

function flooded(how: string, { rest, dropping }: Plain, ours: Flooded): Row[] {
  const fps = { what: `flood, ${how}: frames a second`, unit: 'fps', ours: ours.fps };
  const row = (of: 'longestFrameMs' | 'longestKeyMs', what: string) => ({
    what: `flood, ${how}: ${what}`,
    unit: 'ms',
    ours: ours[of],
    plain: rest[of],
    plainIs: 'the console at rest, typed into',
    goal: { of: 'ours', atMost: 100 } as const,
  });
  return [
    { ...fps, plain: rest.fps, plainIs: 'the console at rest', goal: { of: 'ours', atLeast: 55 } },
    { ...fps, plain: dropping.fps, plainIs: 'a page that drops every message' },
    row('longestFrameMs', 'longest frame while typing'),
    row('longestKeyMs', 'longest from key to frame'),
    {
      what: `flood, ${how}: work of the page's thread`,
      unit: 'ms CPU/s',
      ours: ours.busyMsPerSecond,
      plain: dropping.busyMsPerSecond,
      plainIs: 'a page that drops every message',
    },
    {
      what: `flood, ${how}: messages counted`,
      unit: 'messages',
      ours: ours.counted,
      plain: rate * floodSeconds,
      plainIs: 'messages sent',
      goal: { of: 'ours', atLeast: rate * floodSeconds },
    },
    {
      what: `flood, ${how}: heap at the end`,
      unit: 'MB',
      ours: ours.endHeap / 1e6,
      plain: ours.middleHeap / 1e6,
      plainIs: `after ${watchMs / 1000} s of it`,
      // A sample of half a minute does not fill the log.
      ...(how === 'all kept' && { goal: { of: 'ratio', atMost: 1.1 } }),
    },
  ];
}

function watchRest(at: Addresses): Promise<Watched> {
  return BarePage.with(at.console, async (page) => {
    await connectToFlood(page, at, { rate, seconds: floodSeconds });
    return watch(page, restMs);
  });
}

function watchDropping(at: Addresses): Promise<Watched> {
  const flood = `http://${at.flood}/?rate=${rate}&seconds=${(2 * restMs) / 1000}`;
  return BarePage.with(flood, (page) => watch(page, restMs));
}

function watchConsole(at: Addresses, options: { readonly keepsAll: boolean }): Promise<Flooded> {
  return BarePage.with(at.console, async (page) => {
    await connectToFlood(page, at, { rate, seconds: floodSeconds });
    await startFloodBare(page, options);
    const watched = await watch(page, watchMs);
    const middleHeap = await heapBytesBare(page);
    const counted = await countWhenSettledBare(page, rate * floodSeconds);
    return { ...watched, counted, middleHeap, endHeap: await heapBytesBare(page) };
  });
}

async function watch(page: BarePage, durationMs: number): Promise<Watched> {
  await focusComposer(page);
  const { result, msPerSecond } = await busyWhile(page, () => typeAndWatch(page, durationMs));
  return { ...result, busyMsPerSecond: msPerSecond };
}
