import { statusesOf } from '../../protocol/wire/reply.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { isSuccess } from '../../protocol/status.ts';
import { Latencies } from './latencies.ts';
import { LoadClient } from './loadClient.ts';
import { burstOf, type Burst } from './frames.ts';
import { fillRequest, requestsOf, type LoadKind } from './requests.ts';

/** A connection, and the session that it uses. */
export interface Caller {
  readonly client: LoadClient;
  readonly tkn: string;
}

/** What a load has come to. */
export interface Slice {
  readonly replies: number;
  readonly seconds: number;
  readonly latencies: Latencies;
}

/** For servers that keep sessions. */
interface NewSession {
  readonly name: string;
  readonly valueBytes: number;
  /** It ends then, whatever becomes of us; absent: never. */
  readonly lifetimeSec?: number;
}

/** A connection with a session of its own that has its keys. Rejects with one line. */
export async function openCaller(to: number | URL, session: NewSession): Promise<Caller> {
  const { name, valueBytes, lifetimeSec } = session;
  const client = await LoadClient.open(to);
  try {
    const expiry =
      lifetimeSec === undefined ? '' : `,"expiry":{"duration":${lifetimeSec},"deleteSession":true}`;
    const made = await askFor(client, 'SH_NEW', `{"SH_NEW":{"name":"${name}"${expiry}}}`);
    const tkn = /"tkn":"?(\d+)/.exec(made)?.[1];
    if (tkn === undefined) throw new Error(`SH_NEW was answered without a token: ${made}`);
    const caller = { client, tkn };
    try {
      await askFor(client, 'KV_SET', fillRequest(tkn, valueBytes));
    } catch (error) {
      await endCaller(caller);
      throw error;
    }
    return caller;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Ends its session, and closes it. */
export async function endCaller({ client, tkn }: Caller): Promise<void> {
  try {
    await askFor(client, 'SH_END', `{"SH_END":{"tkn":"${tkn}"}}`);
  } finally {
    client.close();
  }
}

/** Longest part of a reply that an error shows. */
const shownCharacters = 200;

/** @returns The reply, which is one of that command and no refusal. */
async function askFor(client: LoadClient, command: string, request: string): Promise<string> {
  const reply = await client.ask(request);
  const message = readMessage(reply);
  if (message?.name === `${command}_RSP` && statusesOf(message).every(isSuccess)) return reply;
  throw new Error(`${command} was answered with ${reply.slice(0, shownCharacters)}`);
}

/** Who sends what, all at the same time. */
export interface Sender {
  readonly client: LoadClient;
  readonly bursts: readonly Burst[];
  /** What replies begin with. */
  readonly begins: string;
}

/** Long enough to tell a reply from a refusal, whatever the order of its members. */
const comparedCharacters = 24;

/** Ready to send requests of a kind; one is tried. */
export async function senderOf(
  { client, tkn }: Caller,
  kind: LoadKind,
  inFlight: number,
): Promise<Sender> {
  const requests = requestsOf(kind, tkn, inFlight);
  const reply = await askFor(client, kind.command, requests[0]?.[0] ?? '');
  return { client, bursts: requests.map(burstOf), begins: reply.slice(0, comparedCharacters) };
}

/** All senders send for so long, and then wait for what is missing. */
export async function runSlice(senders: readonly Sender[], durationMs: number): Promise<Slice> {
  const startedMs = performance.now();
  const untilMs = startedMs + durationMs;
  const runs = senders.map(({ client, bursts, begins }) => client.run(bursts, { untilMs, begins }));
  const latencies = new Latencies();
  let replies = 0;
  for (const run of await Promise.all(runs)) {
    replies += run.replies;
    latencies.add(run.latencies);
  }
  return { replies, seconds: (performance.now() - startedMs) / 1000, latencies };
}
