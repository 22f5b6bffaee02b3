import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/** Something that a module exports, by its source. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'interface' | 'type';
  /** What its comment says; "": it has none. */
  readonly doc: string;
  /** Without bodies. A class has its members apart. */
  readonly signature: string;
  readonly members: readonly Member[];
}

/** A public member of a class. */
interface Member {
  readonly name: string;
  readonly doc: string;
  readonly signature: string;
}

type Program = ReturnType<typeof parseSync>['program'];
type Statement = Program['body'][number];
type ClassNode = Extract<Statement, { body: { type: 'ClassBody' } }>;
type ClassMember = ClassNode['body']['body'][number];

const root = new URL('..', import.meta.url).pathname;

const kinds: Readonly<Record<string, Declaration['kind']>> = {
  FunctionDeclaration: 'function',
  ClassDeclaration: 'class',
  TSInterfaceDeclaration: 'interface',
  TSTypeAliasDeclaration: 'type',
};

/** Where the body of a function or class begins; else the end. */
function signatureEnd(node: Statement): number {
  const isWithBody = node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration';
  return isWithBody && node.body ? node.body.start : node.end;
}

/** A file of TypeScript, with what it exports. */
export class SourceModule {
  readonly #file: string;
  readonly #text: string;
  readonly #parsed: ReturnType<typeof parseSync>;

  /** @param file From the top of the repository. */
  constructor(file: string) {
    this.#file = file;
    this.#text = readFileSync(path.join(root, file), 'utf8');
    this.#parsed = parseSync(file, this.#text);
  }

  /** All that it exports, those of other modules included, in the order of the file. */
  exported(): readonly Declaration[] {
    return this.#parsed.program.body.flatMap((statement) => {
      if (statement.type !== 'ExportNamedDeclaration') return [];
      const { declaration, source, specifiers } = statement;
      if (declaration) return this.#describe(declaration, statement.start);
      return specifiers.flatMap(({ local }) => {
        const name = 'name' in local ? local.name : local.value;
        const from = source?.value ?? this.#importedFrom(name);
        return from === undefined ? [] : this.#module(from).#declared(name);
      });
    });
  }

  #module(specifier: string): SourceModule {
    return new SourceModule(path.posix.join(path.posix.dirname(this.#file), specifier));
  }

  #importedFrom(name: string): string | undefined {
    const found = this.#parsed.program.body.find(
      (statement) =>
        statement.type === 'ImportDeclaration' &&
        statement.specifiers.some(({ local }) => local.name === name),
    );
    return found?.type === 'ImportDeclaration' ? found.source.value : undefined;
  }

  #declared(name: string): readonly Declaration[] {
    return this.exported().filter((declaration) => declaration.name === name);
  }

  #describe(node: Statement, start: number): readonly Declaration[] {
    const kind = kinds[node.type];
    if (kind === undefined || !('id' in node) || node.id?.type !== 'Identifier') return [];
    const isClass = node.type === 'ClassDeclaration';
    const members = isClass ? node.body.body.flatMap((member) => this.#member(member)) : [];
    const signature = this.#upTo(node.start, signatureEnd(node));
    return [{ name: node.id.name, kind, doc: this.#docBefore(start), signature, members }];
  }

  #member(member: ClassMember): readonly Member[] {
    if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') return [];
    // Private ones are for the class, and objects are made by functions.
    if (member.key.type !== 'Identifier' || member.key.name === 'constructor') return [];
    const { name } = member.key;
    const end = member.type === 'MethodDefinition' ? member.value.body?.start : undefined;
    const signature = this.#upTo(member.start, end ?? member.end).replace(
      /^(?:override |async )+/,
      '',
    );
    return [{ name, doc: this.#docBefore(member.start), signature }];
  }

  /** Without what only the file needs: indentation of a class, and the semicolon. */
  #upTo(start: number, end: number): string {
    const lineStart = this.#text.lastIndexOf('\n', start) + 1;
    const indent = this.#text.slice(lineStart, start).match(/^ */)?.[0] ?? '';
    const text = this.#text.slice(start, end).trim();
    return text.replaceAll(`\n${indent}`, '\n').replace(/;$/, '');
  }

  /** The comment that ends where something starts. */
  #docBefore(start: number): string {
    const comment = this.#parsed.comments.find(
      ({ type, value, end }) =>
        type === 'Block' &&
        value.startsWith('*') &&
        this.#text.slice(end, start).trim() === '' &&
        end <= start,
    );
    if (!comment) return '';
    const lines = comment.value.slice(1).split('\n');
    return lines
      .map((line) => line.replace(/^\s*\* ?/, '').trim())
      .join('\n')
      .trim();
  }
}
