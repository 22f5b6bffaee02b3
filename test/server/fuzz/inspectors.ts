import { inspectionProtocol, ticketPrefix } from '../../../protocol/inspection/access.ts';
import { readInspectionEvent } from '../../../protocol/inspection/events.ts';
import { startTestServer, TestClient, type TestServer } from '../testServer.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { inspectionSamples } from './inspection.ts';
import { mutated, pick } from './grammar.ts';

let server: Promise<TestServer> | undefined;
let inspector: TestClient | undefined;

async function openInspector({ url, port }: TestServer): Promise<TestClient> {
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const answer = await fetch(`${url}/inspect/ticket`, { headers });
  const ticket = /"ticket":"([^"]+)"/.exec(await answer.text())?.[1] ?? '';
  return TestClient.open(`ws://127.0.0.1:${port}/inspect`, [
    inspectionProtocol,
    ticketPrefix + ticket,
  ]);
}

/** What a server may end an inspector's connection with. */
const closeCodes: readonly number[] = [1003, 1007, 1008, 1009];

/** Asked last; no input asks for this key. */
const lastKey = 'the end of an input';
const lastQuestion = `{"value":{"id":"none","key":"${lastKey}"}}`;

/** Messages to the inspection socket: what comes next is answered, or the connection is ended. */
export const inspectors = fuzzPart({
  name: 'inspectors',
  share: 0.002,
  make: (random) => {
    const text = pick(random, inspectionSamples)(random);
    return random() < 0.3 ? mutated(random, text) : text;
  },
  check: async (text) => {
    server ??= startTestServer();
    const socket = (inspector ??= await openInspector(await server));
    socket.socket.send(text);
    socket.socket.send(lastQuestion);
    for (;;) {
      const next = await Promise.race([socket.next(), socket.closed]);
      if (typeof next === 'number') {
        must(closeCodes.includes(next), `Closed with ${next}`);
        inspector = undefined;
        return;
      }
      const event = readInspectionEvent(next);
      must(event !== undefined, `No event: ${next}`);
      if (event.type === 'value' && event.key === lastKey) return;
    }
  },
  end: async () => {
    inspector?.socket.terminate();
    inspector = undefined;
    await (await server)?.stop();
    server = undefined;
  },
});
