import { expect, test } from './fixtures.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

test.use({ editor: 'full' });

for (const width of [1440, 1024, 390]) {
  test(`axe finds nothing serious in either theme, ${width} px`, async ({ page, server }) => {
    test.slow(); // Many looks in one story, each of which goes over the whole page.
    await page.setViewportSize({ width, height: 900 });
    await page.goto(server.url);
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText(/Connected to/);
    const check = async (view: string) => {
      expect(await axeFindingsInBothThemes(page, { impacts: serious }), view).toEqual([]);
    };
    const panels = page.getByRole('navigation', { name: 'Panels' });
    await check('first look');
    if (width < 900) await panels.getByRole('button', { name: 'Compose' }).click();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await page.evaluate(() => window.seshdeck.composer.setText('{"SH_NEW":{"name":"user1"}}'));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByRole('listitem', { name: /Received SH_NEW_RSP/ })).toBeVisible();
    await page.evaluate(() => window.seshdeck.composer.setText('{"KV_GET":{"tkn":"9","keys":[]}}'));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByRole('listitem', { name: /SessionNotExist/ })).toBeVisible();
    await page.getByRole('button', { name: 'Templates' }).click();
    await check('replies and templates');
    await page.keyboard.press('Escape');
    await panels.getByRole('button', { name: 'Reference' }).click();
    const reference = page.getByRole('region', { name: 'Reference', exact: true });
    await expect(reference.getByRole('heading', { name: 'KV_GET' })).toBeVisible();
    await check('the reference of a command');
    await reference.getByRole('button', { name: 'All commands' }).click();
    await reference.getByText('All statuses').click();
    await check('the list of commands and statuses');
    if (width < 900) await panels.getByRole('button', { name: 'Sessions' }).click();
    const sessions = page.getByRole('region', { name: 'Sessions', exact: true });
    await sessions.getByRole('row', { name: /user1/ }).click();
    await expect(page.getByRole('region', { name: 'Session', exact: true })).toBeVisible();
    await check('a session');
    // On a phone it has the whole screen.
    if (width < 900) await page.getByRole('button', { name: 'Close session' }).click();
    await panels.getByRole('button', { name: 'Saved' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    for (const name of ['General', 'Theme', 'Shortcuts']) {
      await page.getByRole('tab', { name }).click();
      await check(`settings, ${name}`);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search or run' }).click();
    await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    await check('command palette');
    await page.keyboard.press('Escape');
    if (width < 900) await page.getByRole('button', { name: 'Address and details' }).click();
    await page.getByRole('button', { name: 'Connection details' }).click();
    await expect(page.getByRole('spinbutton')).toBeVisible();
    await check('connection details');
  });
}
