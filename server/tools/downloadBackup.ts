import { once } from 'node:events';
import { open } from 'node:fs/promises';
// oxlint-disable-next-line no-restricted-imports -- the backup of a running server comes over HTTP
import { request as requestHttp, type IncomingMessage } from 'node:http';
// oxlint-disable-next-line no-restricted-imports -- or over HTTPS
import { request as requestHttps } from 'node:https';
import { ticketPrefix } from '../../protocol/inspection/access.ts';
import { ticketAnswer } from '../../protocol/inspection/ticketAnswer.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { Tool } from '../config/configTypes.ts';
import { makeNewFile, readBackup } from './backupFile.ts';
import { totalsIn } from './dataStore.ts';

type Download = Extract<Tool, { readonly name: 'download' }>;

/**
 * Gets all sessions of a running server. The file has its name when it is whole and on disk; what is there
 * already is never touched. Rejects with one line.
 */
export async function downloadBackup({ url, file, key }: Download): Promise<string[]> {
  const base = baseOf(url);
  const headers = key === undefined ? await ticketOf(base) : { authorization: `Bearer ${key}` };
  try {
    return await makeNewFile(file, async (unfinished) => {
      const answer = await get(new URL('/inspect/backup', base), headers);
      if (answer.statusCode !== 200) throw new Error(`${base.origin}: ${await textOf(answer)}`);
      await write(answer, unfinished);
      const { store } = await readBackup(unfinished);
      return [`Written to ${file}: ${await totalsIn(store)}`];
    });
  } catch (error) {
    throw new Error(`No backup was written: ${messageOf(error)}`, { cause: error });
  }
}

async function write(answer: IncomingMessage, file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    for await (const bytes of answer) await handle.writeFile(bytes as Buffer);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function baseOf(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base?.protocol === 'http:' || base?.protocol === 'https:') return base;
  throw new Error(
    `Give the address of a server as http://HOST:PORT or https://HOST:PORT, got "${url}"`,
  );
}

/** Without a key, as our own console does it: a server on this machine gives a ticket. */
async function ticketOf(base: URL): Promise<Record<string, string>> {
  const answer = await get(new URL('/inspect/ticket', base), { 'sec-fetch-site': 'same-origin' });
  const text = await textOf(answer);
  const json = readJson(answer.statusCode === 200 ? text : '');
  const read = json.ok ? ticketAnswer.read(json.value) : undefined;
  if (!read) throw new Error(`${base.origin} is no Seshdeck that gives a backup: ${text}`);
  const { ticket, proof } = read;
  if (ticket !== undefined) return { 'sec-websocket-protocol': ticketPrefix + ticket };
  if (proof === 'off')
    throw new Error(`Inspection of ${base.origin} is disabled, and so are backups`);
  throw new Error(`${base.origin} wants its inspection key: set SESHDECK_INSPECT_KEY_FILE`);
}

async function get(url: URL, headers: Record<string, string>): Promise<IncomingMessage> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { headers });
  request.end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

/** A line that a server has said. */
const maxLineBytes = 1_000;

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const bytes of answer) text = (text + String(bytes)).slice(0, maxLineBytes);
  return text.trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
