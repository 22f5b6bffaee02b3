import { build } from 'vite';
import { expect, test } from './fixtures.ts';

/** The part of the client that the story uses. */
interface ClientModule {
  connect(
    this: void,
    address: string,
  ): {
    status(): AsyncIterable<{ type: string }>;
    newSession(session: { name: string }): Promise<{
      set(values: object): Promise<unknown>;
      setQuietly(values: object): Promise<void>;
      get(names: string[]): Promise<object>;
      count(): Promise<number>;
      end(): Promise<boolean>;
    }>;
    drain(): Promise<void>;
  };
}

/** The client as a page has it, under the name `seshdeckClient`. */
async function clientScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'client/main.ts', formats: ['iife'], name: 'seshdeckClient' },
    },
  });
  const [output] = Array.isArray(built) ? built : [];
  const [script] = output?.output ?? [];
  if (script?.type !== 'chunk') throw new Error('There is no script');
  return `${script.code}; globalThis.seshdeckClient = seshdeckClient;`;
}

test('the client works in a page, on the WebSocket of the browser', async ({ page, server }) => {
  await page.goto(server.url);
  await page.evaluate(await clientScript());
  const found = await page.evaluate(async (address) => {
    const { connect } = (globalThis as unknown as { seshdeckClient: ClientModule }).seshdeckClient;
    const db = connect(address);
    const states: string[] = [];
    const watching = (async () => {
      for await (const { type } of db.status()) states.push(type);
    })();
    const cart = await db.newSession({ name: 'cart' });
    await cart.set({ qty: 2, city: 'Malmö 😀' });
    await Promise.all([1, 2, 3].map((n) => cart.setQuietly({ [`key ${n}`]: n })));
    const values = await cart.get(['qty', 'city']);
    const count = await cart.count();
    await cart.end();
    const refused = await cart.count().catch((error: { status: string }) => error.status);
    await db.drain();
    await watching;
    return { values, count, refused, states };
  }, server.socketUrl);
  expect(found).toEqual({
    values: { qty: 2, city: 'Malmö 😀' },
    count: 5,
    refused: 'SessionNotExist',
    states: ['connecting', 'connected', 'draining', 'closed'],
  });
});
