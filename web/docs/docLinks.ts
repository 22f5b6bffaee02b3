import type { Targets } from '../ui/prose/readProse.ts';
import { slugOf } from '../ui/slugOf.ts';
import { anchorsOf, docsAddress, type DocSource } from './docPages.ts';

/** What the site is made of. Paths start at the top of the repository. */
export interface DocFiles {
  readonly sources: readonly DocSource[];
  /** Titles of the console's lessons, by path. */
  readonly lessons: ReadonlyMap<string, string>;
  /** Whether the repository has a file or folder. */
  readonly exists: (path: string) => boolean;
}

/** A link or picture that leads nowhere, or another fault of a page. */
export interface DocFault {
  readonly path: string;
  readonly message: string;
}

/** Finds where the links of all pages lead. */
export class DocLinks {
  readonly faults: DocFault[] = [];
  /** Files that pages show or link to, by path; the site has a copy of each. */
  readonly copied = new Set<string>();
  readonly #files: DocFiles;
  readonly #pages: ReadonlyMap<string, { address: string; anchors: ReadonlySet<string> }>;

  constructor(files: DocFiles) {
    this.#files = files;
    this.#pages = new Map(
      files.sources.map((source) => [
        source.path,
        { address: source.address, anchors: anchorsOf(source) },
      ]),
    );
  }

  /** For the links of one page. */
  targetsOf({ path }: DocSource): Targets {
    return {
      linkTo: (href) => this.#linkTo(path, href),
      imageAt: (href) => this.#imageAt(path, href),
    };
  }

  #linkTo(from: string, href: string): string | undefined {
    if (/^https?:\/\//.test(href)) return href;
    const { path, hash } = placeOf(from, href);
    const page = this.#pages.get(path);
    if (page) {
      const isThere = hash === '' || page.anchors.has(decodeURIComponent(hash.slice(1)));
      return isThere ? page.address + hash : this.#fault(from, `no heading for ${href}`);
    }
    const lesson = this.#files.lessons.get(path);
    if (lesson !== undefined) return `/#lesson=${slugOf(lesson)}`;
    if (!this.#files.exists(path)) return this.#fault(from, `nothing at ${href}`);
    // Sources are not part of the site: the words stay, without a link.
    return isCopied(path) ? this.#copyOf(path) : undefined;
  }

  #imageAt(from: string, href: string): string | undefined {
    const { path } = placeOf(from, href);
    const isThere = this.#files.exists(path) && isCopied(path);
    return isThere ? this.#copyOf(path) : this.#fault(from, `no picture at ${href}`);
  }

  #copyOf(path: string): string {
    this.copied.add(path);
    return `${docsAddress}/${path.replace(/^docs\//, '')}`;
  }

  #fault(path: string, message: string): undefined {
    this.faults.push({ path, message });
    return undefined;
  }
}

/** Files of other folders are read where they are. */
function isCopied(path: string): boolean {
  return /^(?:docs|examples)\/.*\.\w+$/.test(path);
}

function placeOf(from: string, href: string): { readonly path: string; readonly hash: string } {
  const { pathname, hash } = new URL(href, `https://repository.invalid/${from}`);
  return { path: decodeURIComponent(pathname.slice(1)), hash };
}
