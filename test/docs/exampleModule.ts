import path from 'node:path';
import { repository } from './codeBlocks.ts';

/** Where the sources of what the package exports are. */
const exported: Readonly<Record<string, string>> = {
  'seshdeck/client': 'client/main.ts',
  'seshdeck/express-session': 'client/expressSession/expressSession.ts',
};

/** Code of a page as a module of this repository, with a server of a test in place of the usual one. */
export function moduleText(code: string, serverUrl: string): string {
  return code
    .replaceAll(/(?<= from ')seshdeck\/[\w-]+(?=')/g, (name) => {
      const source = exported[name];
      if (source === undefined) throw new Error(`The package does not export ${name}`);
      return path.join(repository, source);
    })
    .replaceAll('ws://127.0.0.1:1987', serverUrl);
}
