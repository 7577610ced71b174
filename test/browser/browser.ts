import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startServer } from '../../web/server.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: the one of CHROMIUM, or of the system. */
async function launch(): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));
  if (!executablePath) throw new Error(`no Chromium (looked for CHROMIUM and ${PLACES.join(', ')})`);
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A browser and a server with a folder of its own. */
export interface Stage {
  readonly data: string;
  /** address of the server */
  readonly url: string;
  /** A new page at any address. */
  openForeignPage(url: string): Promise<Page>;
  /** A new page at an address of the server, whose errors are collected. */
  openPage(path: string): Promise<{ page: Page; errors: string[] }>;
  /** Ends both and removes the folder. */
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), 'terrane-page-'));
  const server = await startServer({ data, host: '127.0.0.1', port: 0, atOnce: 1 });
  const browser = await launch();
  return {
    data,
    url: server.url,
    openForeignPage: async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
    openPage: (path) => openPage(browser, server.url + path),
    async close() {
      await browser.close();
      await server.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function openPage(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { page, errors };
}

/** Writes a picture for the documentation when SCREENSHOTS names a folder. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  const path = `${process.env.SCREENSHOTS}/${name}.png`;
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true });
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong for people with disabilities: rule and first place. */
export async function violations(page: Page): Promise<string[]> {
  // the page's own policy allows no scripts of others: axe is evaluated from outside
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 160)))`,
  );
}
