// A small shop, to watch in the console: baskets, one-time codes, and "log out my other devices".
// `node examples/shop/shop.mjs`
import { randomBytes, randomInt } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import { connect, UserSessions } from 'seshdeck/client';
import { seshdeckStore } from 'seshdeck/express-session';
import { codePage, products, shopPage } from './pages.mjs';

const {
  SESHDECK_URL = 'ws://127.0.0.1:1987',
  PORT = '3000',
  SESSION_SECRET = randomBytes(32).toString('hex'), // Then a restart logs everybody out.
} = process.env;

const codeSeconds = 300;
const maxTries = 3;

const client = connect(SESHDECK_URL);
const users = new UserSessions(client);
const store = seshdeckStore(session, { client, prefix: 'shop:', userOf: ({ user }) => user });

const app = express();
app.disable('x-powered-by');
app.use(express.urlencoded({ extended: false, limit: '10kb' }));
app.use(
  session({
    store,
    secret: SESSION_SECRET,
    resave: false,
    saveUninitialized: false,
    // Lax: other sites cannot send forms in a visitor's name. Behind HTTPS, add `secure: true`.
    cookie: { maxAge: 30 * 60 * 1000, sameSite: 'lax' },
  }),
);

app.get('/', async (request, response) => {
  const { user, basket = {} } = request.session;
  response.send(shopPage({ user, basket, devices: user ? await devicesOf(user) : [] }));
});

app.post('/basket', async (request, response) => {
  const { product } = request.body;
  if (!products.has(product)) return response.status(400).send('No such product');
  const { basket = {} } = request.session;
  request.session.basket = { ...basket, [product]: (basket[product] ?? 0) + 1 };
  await save(request);
  response.redirect(303, '/');
});

// A code is a session of its own: it ends after five minutes, whatever happens.
app.post('/code', async (request, response) => {
  const email = emailIn(request.body);
  if (email === undefined) return response.status(400).send('That is no email address');
  const expiry = { seconds: codeSeconds };
  const asked = await client.sharedSession({ name: `code:${email}`, expiry });
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await Promise.all([asked.replaceAll({ code, tries: 0 }), asked.touch(expiry)]);
  console.log(`Mail to ${email}: your code is ${code}`);
  response.send(codePage({ email }));
});

app.post('/login', async (request, response) => {
  const email = emailIn(request.body);
  if (email === undefined || !(await isRightCode(email, request.body.code))) {
    return response.status(401).send(codePage({ email: email ?? '', isWrong: true }));
  }
  const { basket } = request.session;
  await regenerate(request); // Another id than before the login.
  const device = deviceOf(request.headers['user-agent']);
  Object.assign(request.session, { basket, user: email, device });
  await save(request);
  response.redirect(303, '/');
});

app.post('/logout', (request, response, next) => {
  request.session.destroy((error) => (error ? next(error) : response.redirect(303, '/')));
});

app.post('/logout-others', async (request, response) => {
  const here = await store.sessionOf(request.sessionID);
  const { user } = request.session;
  if (user && here) await users.endOthers(user, here.token);
  response.redirect(303, '/');
});

/** Of several who have the right code, one gets in; after three wrong ones nobody does. */
async function isRightCode(email, code) {
  const asked = await client.openSession(`code:${email}`);
  if (!asked) return false;
  try {
    if ((await asked.increment('tries')) > maxTries) return false;
    const { code: right } = await asked.get(['code']);
    if (right === null || right !== code) return false;
    return (await asked.take(['code'])).code === right;
  } catch (error) {
    if (error.status === 'SessionNotExist') return false; // It has just expired.
    throw error;
  }
}

/** What a user is logged in with: each session has its device as a key. */
async function devicesOf(user) {
  const sessions = await users.list(user);
  const found = await Promise.allSettled(
    sessions.map(({ token }) => client.session(token).get(['device'])),
  );
  return found.flatMap(({ value }) => (value ? [value.device] : []));
}

function emailIn({ email }) {
  return typeof email === 'string' && /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(email)
    ? email.toLowerCase()
    : undefined;
}

function deviceOf(userAgent = '') {
  const browser = /Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0] ?? 'A browser';
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(userAgent)?.[0];
  return system ? `${browser} on ${system}` : browser;
}

/** Before a redirect: a browser follows one before the answer has ended, which is when express-session saves. */
function save(request) {
  return new Promise((resolve, reject) => {
    request.session.save((error) => (error ? reject(error) : resolve()));
  });
}

function regenerate(request) {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
}

const server = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(
    `The shop is at http://127.0.0.1:${server.address().port}, its sessions at ${SESHDECK_URL}`,
  );
});
