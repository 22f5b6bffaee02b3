import type { Locator, Page } from '@playwright/test';

/** The page's hook for tests. */
interface Hook {
  readonly seshdeck: {
    readonly composer: {
      readonly setText: (text: string) => void;
      readonly getText: () => string;
    };
  };
}

/** The console by its roles and names (`docs/automation.md`). Never asserts. */
export class ConsolePage {
  readonly page: Page;
  readonly connection: Locator;
  readonly composer: Locator;
  readonly editor: Locator;
  readonly response: Locator;
  readonly messages: Locator;
  readonly sessions: Locator;
  readonly session: Locator;
  readonly tutorial: Locator;
  readonly reference: Locator;
  /** Of the connections. */
  readonly tabs: Locator;
  /** Opens and closes panels. */
  readonly panels: Locator;

  constructor(page: Page) {
    this.page = page;
    this.connection = page.getByRole('status', { name: 'Connection' });
    this.composer = page.getByRole('region', { name: 'Compose message' });
    this.editor = this.composer.getByRole('textbox', { name: 'Compose message' });
    this.response = page.getByRole('region', { name: 'Response' });
    this.messages = page.getByRole('log', { name: 'Messages' });
    this.sessions = page.getByRole('region', { name: 'Sessions', exact: true });
    this.session = page.getByRole('region', { name: 'Session', exact: true });
    this.tutorial = page.getByRole('region', { name: 'Tutorial' });
    this.reference = page.getByRole('region', { name: 'Reference', exact: true });
    this.tabs = page.getByRole('tablist', { name: 'Connections' }).getByRole('tab');
    this.panels = page.getByRole('navigation', { name: 'Panels' });
  }

  /** Opens the console at its address, and waits until it is connected and its panels are there. */
  static async open(page: Page, url: string): Promise<ConsolePage> {
    await page.goto(url);
    const opened = new ConsolePage(page);
    await opened.connection.filter({ hasText: 'Connected to' }).waitFor();
    // Panels are fetched after the first paint, and a test that ends the server needs them before.
    await page.locator('main').waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    return opened;
  }

  /** A button of the page, by its whole name. */
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** On a phone: shows the address and what else concerns the connection. */
  async unfoldAddress(): Promise<void> {
    const unfold = this.button('Address and details');
    if (await unfold.isVisible()) await unfold.click();
  }

  /** Connects the active tab to another address. */
  async connectTo(address: string): Promise<void> {
    await this.button('Disconnect').click();
    await this.page.getByRole('textbox', { name: 'Server URL' }).fill(address);
    await this.button('Connect').click();
  }

  /** Replaces the message in the editor through the automation hook. */
  async write(text: string): Promise<void> {
    await this.page.evaluate((written) => {
      (globalThis as unknown as Hook).seshdeck.composer.setText(written); // In the page.
    }, text);
  }

  /** The message in the editor. */
  async written(): Promise<string> {
    return this.page.evaluate(
      () => (globalThis as unknown as Hook).seshdeck.composer.getText(), // In the page.
    );
  }

  /** Puts the cursor of the editor at an offset in its first line, by keys. */
  async placeCursor(offset: number): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('Control+Home');
    for (let step = 0; step < offset; step += 1) await this.page.keyboard.press('ArrowRight');
  }

  async send(text: string): Promise<void> {
    await this.write(text);
    await this.composer.getByRole('button', { name: /^(Connect and send|Send)$/ }).click();
  }

  /** Opens a lesson, and perhaps a step of it, in the outline of the tutorial. */
  async openLesson(title: string, step?: string): Promise<void> {
    const outline = this.tutorial.getByTitle('Show or hide all lessons');
    const lessons = this.tutorial.getByRole('list', { name: 'Lessons' });
    await outline.click();
    await lessons.getByRole('button', { name: new RegExp(`^${title} \\d+ of`) }).click();
    if (step === undefined) return;
    await outline.click();
    await lessons.getByRole('button', { name: step }).click();
  }

  /** Rows of the log whose description matches, such as `/Received SH_NEW_RSP/`. */
  rows(name: RegExp): Locator {
    return this.messages.getByRole('listitem', { name });
  }

  /** A row of the session list. */
  sessionRow(name: RegExp): Locator {
    return this.sessions.getByRole('row', { name });
  }
}
