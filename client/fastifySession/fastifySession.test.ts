import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import fastify from 'fastify';
import { webSessionContract, type SiteParts } from '../../test/client/webSessionContract.ts';
import { seshdeckStore } from './fastifySession.ts';

webSessionContract(startSite);

async function startSite({ options, maxAgeMs, act }: SiteParts) {
  const app = fastify();
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    store: seshdeckStore(options),
    secret: 'a secret of thirty-two characters or more',
    saveUninitialized: false,
    cookie: { secure: false, ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }) },
  });
  app.get('*', async (request) => {
    const members = () => request.session as unknown as Record<string, unknown>; // Its own members.
    const answer = await act({
      path: request.url,
      session: members(),
      end: () => request.session.destroy(),
      renew: async () => {
        await request.session.regenerate();
        return members();
      },
    });
    return answer ?? members();
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(address).port), stop: () => app.close() };
}
