import type { Locator, Page } from 'playwright';
import type { PipelineDocument } from '../../src/pipeline/types.ts';

export type TabName =
  | 'Results'
  | 'Speedup'
  | 'Why'
  | 'What if'
  | 'Prediction'
  | 'Compare'
  | 'Sweep'
  | 'Cache'
  | 'Log'
  | 'Code'
  | 'Document';

const runTimeoutMs = 90_000;

/** The page as a reader's hands and eyes have it: everything by its visible or spoken name. */
export class Workbench {
  readonly page: Page;
  #isOpened = false;
  constructor(page: Page) {
    this.page = page;
  }

  get runButton(): Locator {
    return this.page.getByRole('button', { name: 'Run', exact: true });
  }
  get stopButton(): Locator {
    return this.page.getByRole('button', { name: 'Stop', exact: true });
  }
  get documentName(): Locator {
    return this.page.getByRole('textbox', { name: 'Name of the document' });
  }
  get errorBanner(): Locator {
    return this.page.locator('.banners').getByRole('alert');
  }
  get panel(): Locator {
    return this.page.getByRole('tabpanel');
  }
  get schedule(): Locator {
    return this.page.getByRole('region', { name: 'Schedule' });
  }

  async pickFromGallery(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Gallery', exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: title }).first().click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Opens a document as a file from the reader's disk. */
  async open(document: PipelineDocument | string): Promise<void> {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    // What the page opens by itself comes first, so that undo leads back to it.
    while (!this.#isOpened && (await this.documentName.inputValue()) === 'Untitled')
      await this.page.waitForTimeout(50);
    this.#isOpened = true;
    await this.page.getByLabel('Open a document').setInputFiles({
      name: 'test.millrace.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  }

  /** Presses Run and waits until nothing runs any more. */
  async runToEnd(): Promise<void> {
    await this.runButton.click();
    await this.painted();
    await this.waitForEnd();
  }

  async waitForEnd(timeoutMs: number = runTimeoutMs): Promise<void> {
    await this.stopButton.waitFor({ state: 'detached', timeout: timeoutMs });
    await this.runButton.waitFor({ timeout: timeoutMs });
    await this.painted();
  }

  async tab(name: TabName): Promise<Locator> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await this.painted();
    return this.panel;
  }

  /** Until the page has drawn what it was last told: a locator would still find what was there before. */
  private async painted(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  /** The outputs that the last run delivered, "item stage output", by item (they arrive in any order). */
  async outputs(): Promise<string[]> {
    const rows = await this.rowsUnder('Delivered outputs');
    return rows.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  }

  /** "item stage message place attempt" of what failed. */
  async failures(): Promise<string[]> {
    return this.rowsUnder('Errors');
  }

  private async rowsUnder(caption: string): Promise<string[]> {
    const panel = await this.tab('Results');
    const rows = await panel.getByRole('table', { name: caption }).locator('tbody tr').all();
    const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
    return cells.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()).join(' '));
  }

  async selectSource(): Promise<void> {
    await this.page.locator('.svelte-flow__node-source').click();
  }

  async selectStage(name: string): Promise<void> {
    await this.page.locator('.svelte-flow__node', { hasText: name }).first().click();
  }

  /** Replaces the whole code of a stage by typing into the editor. */
  async typeCode(stageName: string, code: string): Promise<void> {
    await this.selectStage(stageName);
    await this.page.getByRole('button', { name: 'Edit code' }).click();
    const editor = this.page.locator('.monaco-editor').first();
    await editor.waitFor();
    await editor.locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    // As one paste: typing would let the editor close brackets and suggest words.
    await this.page.keyboard.insertText(code);
  }
}
