import type { Locator, Page } from '@playwright/test';

/** The log of the console by its roles and names. Never asserts. */
export class LogPage {
  readonly page: Page;
  readonly region: Locator;
  readonly list: Locator;
  readonly search: Locator;
  readonly matches: Locator;
  readonly counts: Locator;
  readonly selection: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Response' });
    this.list = page.getByRole('log', { name: 'Messages' });
    this.search = this.region.getByRole('searchbox', { name: 'Search messages' });
    this.matches = this.region.getByRole('status', { name: 'Matches' });
    this.counts = this.region.getByRole('group', { name: 'Message counts' });
    this.selection = this.region.getByRole('toolbar', { name: 'Selection' });
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true });
  }

  /** Switches filters of the menu Filter, which stays open until then. */
  async filter(...items: readonly RegExp[]): Promise<void> {
    await this.button('Filter').click();
    for (const name of items) {
      await this.region.getByRole('menuitemcheckbox', { name }).click();
    }
    await this.page.keyboard.press('Escape');
  }

  /** Picks from the menu More. */
  async pick(menu: string, item: RegExp): Promise<void> {
    await this.button(menu).click();
    await this.region.getByRole('menuitem', { name: item }).click();
  }

  /** Shows each message in a row, or a request and its reply together. */
  async showRows(kind: 'one row' | 'two rows'): Promise<void> {
    await this.button('More').click();
    const oneRow = this.region.getByRole('menuitem', { name: 'Request and reply in one row' });
    const twoRows = this.region.getByRole('menuitem', { name: 'Request and reply in two rows' });
    await oneRow.or(twoRows).waitFor();
    const wanted = kind === 'one row' ? oneRow : twoRows;
    if (await wanted.isVisible()) await wanted.click();
    else await this.page.keyboard.press('Escape');
  }

  /** The request or the reply of an unfolded exchange. */
  part(row: Locator, name: 'Request' | 'Reply'): Locator {
    return row.getByRole('group', { name, exact: true });
  }

  row(name: RegExp): Locator {
    return this.list.getByRole('listitem', { name });
  }

  /** The part of a row that unfolds it and takes keys. */
  toggle(name: RegExp): Locator {
    return this.row(name).getByRole('button', { name: /^(Sent|Received|Connection)/ });
  }

  /** The text on the clipboard; the page needs the permission `clipboard-read`. */
  async clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Where a row stands in the view, in pixels from the list's top. */
  async topOf(row: Locator): Promise<number> {
    const [list, box] = [await this.list.boundingBox(), await row.boundingBox()];
    return Math.round((box?.y ?? Number.NaN) - (list?.y ?? 0));
  }
}
