import type { StatusName } from '../../protocol/status.ts';
import type { Arrival, SocketEvent } from './socketPort.ts';

/**
 * Many messages that answer nothing, column by column: copying an object for each from thread to
 * thread takes ten times as long as copying its columns.
 */
interface ArrivalColumns {
  readonly type: 'arrivals';
  readonly atMs: Float64Array;
  readonly bytes: Float64Array;
  readonly texts: readonly string[];
  readonly names: readonly string[];
  /** Names with spaces between them. */
  readonly statuses: readonly string[];
  /** Undefined where a message is about no session. */
  readonly tokens: readonly (string | undefined)[];
  readonly sessionNames: readonly (string | undefined)[];
  readonly isGone: readonly boolean[];
  readonly isEntered: readonly boolean[];
}

/** What travels between the threads. */
export type Parcel = readonly (SocketEvent | ArrivalColumns)[];

/** Fewer in a row are not worth the packing. */
const fewest = 8;

/** Makes a batch ready to travel. */
export function pack(events: readonly SocketEvent[]): Parcel {
  const parcel: (SocketEvent | ArrivalColumns)[] = [];
  let run: Arrival[] = [];
  const endRun = () => {
    if (run.length < fewest) parcel.push(...run);
    else parcel.push(columnsOf(run));
    run = [];
  };
  for (const event of events) {
    if (event.type === 'arrived' && isPlain(event)) {
      run.push(event);
    } else {
      endRun();
      parcel.push(event);
    }
  }
  endRun();
  return parcel;
}

/** The batch as it was. */
export function unpack(parcel: Parcel): readonly SocketEvent[] {
  return parcel.flatMap((part) => (part.type === 'arrivals' ? arrivalsOf(part) : [part]));
}

function isPlain({ binary, answers, silent }: Arrival): boolean {
  return binary === undefined && answers === undefined && silent.length === 0;
}

function columnsOf(run: readonly Arrival[]): ArrivalColumns {
  return {
    type: 'arrivals',
    atMs: Float64Array.from(run, ({ atMs }) => atMs),
    bytes: Float64Array.from(run, ({ bytes }) => bytes),
    texts: run.map(({ text }) => text),
    names: run.map(({ reading }) => reading.name),
    statuses: run.map(({ reading }) => reading.statuses.join(' ')),
    tokens: run.map(({ reading }) => reading.session?.token),
    sessionNames: run.map(({ reading }) => reading.session?.name),
    isGone: run.map(({ reading }) => reading.session?.isGone ?? false),
    isEntered: run.map(({ reading }) => reading.session?.isEntered ?? false),
  };
}

function arrivalsOf(columns: ArrivalColumns): Arrival[] {
  return columns.texts.map((text, index) => {
    const token = columns.tokens[index];
    const name = columns.sessionNames[index];
    const isGone = columns.isGone[index] ?? false;
    const isEntered = columns.isEntered[index] ?? false;
    const statuses = columns.statuses[index] ?? '';
    return {
      type: 'arrived',
      atMs: columns.atMs[index] ?? 0,
      text,
      bytes: columns.bytes[index] ?? 0,
      binary: undefined,
      reading: {
        name: columns.names[index] ?? '',
        // They were joined from nothing else.
        statuses: statuses === '' ? [] : (statuses.split(' ') as StatusName[]),
        session: token === undefined ? undefined : { token, name, isGone, isEntered },
      },
      answers: undefined,
      latencyMs: undefined,
      silent: [],
    };
  });
}
