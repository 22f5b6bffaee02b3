import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { expect, test as base } from './fixtures.ts';

const program = fileURLToPath(new URL('../examples/shop/shop.mjs', import.meta.url));

/** The shop of examples/, with its sessions on the story's server. */
const test = base.extend<{ readonly shop: string }>({
  shop: async ({ server }, use) => {
    const process_ = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SESHDECK_URL: server.socketUrl, PORT: '0' },
    });
    await use(await addressOf(process_));
    process_.kill();
    await once(process_, 'exit');
  },
});

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The shop says nothing');
  for await (const line of createInterface({ input: stdout })) {
    const [address] = /http:\/\/\S+:\d+/.exec(line) ?? [];
    if (address === undefined) continue;
    stdout.resume();
    return address;
  }
  throw new Error('The shop ended before it listened');
}

/** A person with a browser for herself. */
async function visit(browser: Browser, shop: string, userAgent: string): Promise<Page> {
  const context = await browser.newContext({ userAgent });
  const page = await context.newPage();
  await page.goto(shop);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('what a person does in the shop is seen live in the console', async ({
  browser,
  console,
  shop,
}) => {
  const phone = await visit(browser, shop, 'Mozilla/5.0 (iPhone) Safari/605.1.15');
  await expect(console.sessions).toContainText('0 sessions');
  await button(phone, 'Add Tea').click();
  await console.sessionRow(/^shop:[^*]/).click();
  await expect(console.session).toContainText('Tea');
  await button(phone, 'Add Honey').click();
  await expect(console.session).toContainText('Honey');
  await console.button('Close session').click();

  /** Logs in with the code, which the console shows. */
  const logIn = async (page: Page) => {
    await page.getByLabel('Email').fill('ada@example.com');
    await button(page, 'Send me a code').click();
    await console.sessionRow(/^code:ada@example\.com/).click();
    const code = /"(\d{6})"/;
    await expect(console.session).toContainText(code);
    const [, right = ''] = code.exec((await console.session.textContent()) ?? '') ?? [];
    await page.getByLabel('Code').fill(right === '000000' ? '000001' : '000000');
    await button(page, 'Log in').click();
    await expect(page.getByRole('alert')).toContainText('wrong');
    await page.getByLabel('Code').fill(right);
    await button(page, 'Log in').click();
    await expect(console.session).not.toContainText(code); // It has been taken.
    await console.button('Close session').click();
    await expect(page.getByRole('list', { name: 'Devices' })).toContainText('Safari on iPhone');
  };
  await logIn(phone);
  await expect(phone.getByRole('list', { name: 'Basket' })).toContainText('1 × Honey');

  const laptop = await visit(browser, shop, 'Mozilla/5.0 (X11; Linux) Firefox/140.0');
  await button(laptop, 'Add Cup').click();
  await logIn(laptop);
  await expect(laptop.getByRole('list', { name: 'Devices' })).toContainText('Firefox on Linux');
  const ofVisitors = console.sessionRow(/^shop:[^*]/);
  await expect(ofVisitors).toHaveCount(2);

  await button(laptop, 'Log out my other devices').click();
  await expect(ofVisitors).toHaveCount(1);
  await expect(laptop.getByRole('list', { name: 'Devices' })).not.toContainText('iPhone');
  await phone.reload();
  await expect(phone.getByLabel('Email')).toBeVisible();
  await expect(phone.getByRole('list', { name: 'Basket' })).toBeEmpty();
  await phone.context().close();
  await laptop.context().close();
});

test('what people type into the shop is text, in the shop and in the console', async ({
  browser,
  console,
  shop,
}) => {
  const page = await visit(browser, shop, 'x');
  const hostile = '<img/src=x/onerror=window.hacked=1>@example.com';
  const answer = await page.request.post(`${shop}/code`, { form: { email: hostile } });
  expect(await answer.text()).not.toContain('<img');
  await expect(console.sessionRow(/^code:<img/)).toBeVisible();
  const refused: [path: string, form: Record<string, string>][] = [
    ['/code', { email: 'nobody' }],
    ['/code', {}],
    ['/basket', { product: '__proto__' }],
    ['/basket', {}],
    ['/login', { email: 'eve@example.com', code: '' }],
    ['/login', {}],
  ];
  for (const [path, form] of refused) {
    const { status } = await page.request.post(shop + path, { form }).then((found) => ({
      status: found.status(),
    }));
    expect([400, 401], path).toContain(status);
  }
  await page.context().close();
});
