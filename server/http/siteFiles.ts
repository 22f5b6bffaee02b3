import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** How a file can be sent: `br` and `gzip` only where the build has made them. */
export type Coding = 'identity' | 'br' | 'gzip';

/** A file of the console or the documentation, in memory. */
export interface SiteFile {
  readonly type: string;
  /** Hash of the content, without quotes; each coding adds its name to it. */
  readonly hash: string;
  /** Whether the name changes with the content, so that browsers may keep it. */
  readonly isImmutable: boolean;
  readonly bodies: ReadonlyMap<Coding, Buffer>;
}

/** By the path of the URL, decoded: `/`, `/docs/client`, `/icon.svg`, `/assets/index-abc.js`. */
export type SiteFiles = ReadonlyMap<string, SiteFile>;

export interface SiteLimits {
  /** All files together, compressed copies included. */
  readonly maxSiteBytes: number;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.py': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The inspector without the rest of the console is the same page. */
const inspectorPath = '/inspector';

/** Beside `x.js` the build puts the same in fewer bytes. */
const compressedEnds: readonly (readonly [Coding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/**
 * Reads the built console into memory: nothing that happens to the disk afterwards can reach a
 * request. Links, pipes and hidden files are left out, so nothing outside the directory is in it.
 * Throws when there is more than the limit, or the system's error.
 */
export function readSiteFiles(webRoot: string, { maxSiteBytes }: SiteLimits): SiteFiles {
  const raw = new Map<string, Buffer>();
  let bytes = 0;
  for (const path of pathsIn(webRoot, '/')) {
    const body = readPlainFile(join(webRoot, path));
    if (!body) continue;
    bytes += body.length;
    if (bytes > maxSiteBytes) throw new Error(`${webRoot} has more than ${maxSiteBytes} bytes`);
    raw.set(path, body);
  }
  const files = new Map<string, SiteFile>();
  for (const [path, body] of raw) {
    if (!isCompressedCopy(path, raw)) files.set(path, siteFileOf(path, body, raw));
  }
  for (const [path, file] of files) {
    for (const address of pageAddresses(path)) files.set(address, file);
  }
  return files;
}

/** `/docs/client.html` → `/docs/client`, `/docs/index.html` → `/docs` and `/docs/`. */
function pageAddresses(path: string): string[] {
  if (path === '/index.html') return ['/', inspectorPath];
  if (path.endsWith('/index.html')) {
    const folder = path.slice(0, -'index.html'.length);
    return [folder, folder.slice(0, -1)];
  }
  return path.endsWith('.html') ? [path.slice(0, -'.html'.length)] : [];
}

function siteFileOf(path: string, body: Buffer, raw: ReadonlyMap<string, Buffer>): SiteFile {
  const bodies = new Map<Coding, Buffer>([['identity', body]]);
  for (const [coding, end] of compressedEnds) {
    const compressed = raw.get(path + end);
    if (compressed) bodies.set(coding, compressed);
  }
  return {
    type: types[extname(path)] ?? 'application/octet-stream',
    hash: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    isImmutable: /^(?:\/docs)?\/assets\//.test(path),
    bodies,
  };
}

function isCompressedCopy(path: string, raw: ReadonlyMap<string, Buffer>): boolean {
  return compressedEnds.some(
    ([, end]) => path.endsWith(end) && raw.has(path.slice(0, -end.length)),
  );
}

/** Paths of the plain files below a directory, each with a slash first. */
function pathsIn(webRoot: string, directory: string): string[] {
  const entries = readdirSync(join(webRoot, directory), { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = `${directory}${entry.name}`;
      if (entry.isDirectory()) return pathsIn(webRoot, `${path}/`);
      return entry.isFile() ? [path] : [];
    });
}

/** @returns undefined when it has become something else since the directory was listed. */
function readPlainFile(file: string): Buffer | undefined {
  // Windows has neither flag; there they are undefined.
  const descriptor = openSync(
    file,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    return fstatSync(descriptor).isFile() ? readFileSync(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
}
