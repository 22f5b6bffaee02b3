import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lexer, type Token } from 'marked';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A block of code in a text for users. */
export interface CodeBlock {
  /** From the top of the repository. */
  readonly file: string;
  readonly line: number;
  /** Such as `js`; "" for an indented block, and for one that does not say. */
  readonly language: string;
  readonly text: string;
}

/** All pages that users and contributors read; decisions are about code, and have none. */
function pages(): readonly string[] {
  const examples = readdirSync(path.join(repository, 'examples')).map((name) => `examples/${name}`);
  return ['.', 'docs', ...examples]
    .flatMap((folder) =>
      readdirSync(path.join(repository, folder)).map((name) => path.join(folder, name)),
    )
    .filter((file) => file.endsWith('.md'))
    .toSorted();
}

export const textOf = (file: string) => readFileSync(path.join(repository, file), 'utf8');

/** Every block of code there is. */
export function codeBlocks(): readonly CodeBlock[] {
  return pages().flatMap((file) => blocksIn(file, textOf(file)));
}

export function blocksIn(file: string, markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let line = 1;
  for (const token of new Lexer().lex(markdown)) {
    for (const { language, text } of codeIn(token)) blocks.push({ file, line, language, text });
    line += token.raw.split('\n').length - 1;
  }
  return blocks;
}

/** Also those in lists and quotes, with the line of the list. */
function codeIn(token: Token): readonly { readonly language: string; readonly text: string }[] {
  if (token.type === 'code') {
    const { lang, text } = token as { readonly lang?: string; readonly text: string };
    return [{ language: lang ?? '', text }];
  }
  const { tokens = [], items = [] } = token as { tokens?: Token[]; items?: Token[] };
  return [...tokens, ...items].flatMap(codeIn);
}
