import { LoadClient } from '../server/load/loadClient.ts';

const deep = '['.repeat(1000) + ']'.repeat(1000);
const wide = `[${'0,'.repeat(29_999)}0]`;
const text = `["${'a'.repeat(60_000)}"]`;

/** The costliest paths known, each with the value that it is at its worst on. */
const costly: [path: string, value: string][] = [
  ['$[?count($[?@ >= 0]) < 0]', wide],
  ['$[?$[?@ == $[29999] && count($..*) < 0]]', wide],
  ['$..[?@..[?@..[?@..*]]]', deep],
  ['$..[?$..[?$..[?$..*]]]', deep],
  ["$[?search(@, '(a?){8}b')]", text],
];

/** Longest round trip of one client, in ms, while another one's requests are worked, and when none is. */
export async function measureStall(port: number): Promise<{ busyMs: number; idleMs: number }> {
  const [busy, other] = [await LoadClient.open(port), await LoadClient.open(port)];
  const created = await busy.ask('{"SH_NEW":{"name":"costly"}}');
  const tkn = /"tkn":"(\d+)"/.exec(created)?.[1] ?? '';
  const count = `{"KV_COUNT":{"tkn":"${tkn}"}}`;
  let [busyMs, idleMs] = [0, 0];
  for (const [path, value] of costly) {
    await busy.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"k":${value}}}}`);
    const find = `{"KV_FIND":{"tkn":"${tkn}","rsp":"keys","path":${JSON.stringify(path)}}}`;
    const startedMs = performance.now();
    busyMs = Math.max(busyMs, await longestTrip(other, count, busy.ask(find)));
    const pause = new Promise((resolve) => {
      setTimeout(resolve, performance.now() - startedMs);
    });
    idleMs = Math.max(idleMs, await longestTrip(other, count, pause));
  }
  busy.close();
  other.close();
  return { busyMs, idleMs };
}

/** Longest round trip of a client, in ms, until something is over. */
export async function longestTrip(
  client: LoadClient,
  request: string,
  until: Promise<unknown>,
): Promise<number> {
  const state = { isOver: false };
  void until.then(() => (state.isOver = true));
  let longestMs = 0;
  while (!state.isOver) {
    const sentMs = performance.now();
    await client.ask(request);
    longestMs = Math.max(longestMs, performance.now() - sentMs);
  }
  return longestMs;
}
