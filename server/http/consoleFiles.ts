import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { readSiteFiles, type SiteFiles, type SiteLimits } from './siteFiles.ts';

/**
 * The console, if it is built: read once, with the first call. That takes as long as half a start, so nothing
 * waits for it that comes before.
 */
export function consoleFiles(
  webRoot: string | undefined,
  { limits, log }: { readonly limits: SiteLimits; readonly log: Log },
): () => SiteFiles | undefined {
  let read: { readonly files: SiteFiles | undefined } | undefined;
  return () => {
    read ??= { files: filesIn(webRoot, { limits, log }) };
    return read.files;
  };
}

/** One that cannot be read is no reason to keep sessions from anybody. */
function filesIn(
  webRoot: string | undefined,
  { limits, log }: { readonly limits: SiteLimits; readonly log: Log },
): SiteFiles | undefined {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) return undefined;
  try {
    return readSiteFiles(webRoot, limits);
  } catch (error) {
    log.error(
      `The console cannot be served: ${error instanceof Error ? error.message : 'unknown'}`,
    );
    return undefined;
  }
}
