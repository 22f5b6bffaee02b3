import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { InspectionAccess } from '../inspection/access.ts';
import type { AuditList } from '../inspection/audit/auditList.ts';
import { whyRefused, type Refusal } from '../inspection/rights/door.ts';
import { say } from './answerRequest.ts';

/** Writes all sessions, and settles when the last bytes were taken. */
export type WriteBackup = (
  write: (bytes: Uint8Array) => Promise<void>,
  signal: AbortSignal,
) => Promise<void>;

export interface BackupOptions {
  readonly access: InspectionAccess;
  readonly limits: { readonly refusalDelayMs: number };
  readonly writeBackup: WriteBackup;
  readonly addressOf: (request: IncomingMessage) => string | undefined;
  readonly audit: Pick<AuditList, 'note'>;
}

/**
 * Answers with all sessions, to programs that may inspect; never to a page in a browser. One at a time: for each
 * backup that is open, the server has to keep the old state of every session that changes.
 */
export class BackupSender {
  readonly #options: BackupOptions;
  #isSending = false;

  constructor(options: BackupOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { access, limits, addressOf, audit } = this.#options;
    if (access.kind === 'off')
      return say(response, 404, 'Inspection is disabled, and so are backups.');
    if (isFromPage(request))
      return say(response, 403, 'A page gets no backup; see "seshdeck backup".');
    const grant = access.grantOf(request);
    if (!grant) {
      await setTimeout(limits.refusalDelayMs);
      return say(response, 401, 'A backup needs the right to inspect; see "seshdeck backup".');
    }
    const by = { key: grant.name, address: addressOf(request) };
    const refusal = whyRefused({ type: 'backup' }, grant.rights);
    if (refusal) {
      audit.note({ ...by, action: 'refused', request: 'backup', ...refusal });
      return say(response, 403, lineOf(refusal));
    }
    if (request.method === 'HEAD') return say(response, 200, 'A backup can be made.');
    if (this.#isSending) return say(response, 503, 'Another backup is being made.');
    audit.note({ ...by, action: 'backup' });
    this.#isSending = true;
    try {
      await this.#send(response);
    } finally {
      this.#isSending = false;
    }
  }

  async #send(response: ServerResponse): Promise<void> {
    const abort = new AbortController();
    response.once('close', () => abort.abort());
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': 'no-store',
    });
    try {
      await this.#options.writeBackup(
        (bytes) => written(response, bytes, abort.signal),
        abort.signal,
      );
      response.end();
    } catch (error) {
      // A reader that has left is no fault; what it has got has no end mark.
      response.destroy();
      if (!abort.signal.aborted) throw error;
    }
  }
}

function lineOf({ right }: Refusal): string {
  return right === undefined
    ? 'A backup has all sessions, and this key is for some of them only.'
    : `A backup needs the right "${right}", which this key does not have.`;
}

/** Browsers say where a request comes from, and pages cannot leave that out. */
function isFromPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

function written(response: ServerResponse, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => reject(new Error('The reader has left'));
    signal.addEventListener('abort', onAbort, { once: true });
    response.write(bytes, (error) => {
      signal.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    });
  });
}
