import { envValuesOf, type CodePart } from './codeParts.ts';
import { fitsShell, goString, jsString, jsTemplatePart, pyString, shellWord } from './quoteCode.ts';

/** Languages that a message can be had in, in the order of the choices. */
export const codeLanguages = ['node', 'browser', 'python', 'go', 'wscat'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

interface SnippetInput {
  readonly parts: readonly CodePart[];
  /** Address of the socket. */
  readonly url: string;
  /** No reply on success: the program does not wait for one. */
  readonly isQuiet: boolean;
}

/** A short program that sends one message and prints its reply. */
export function codeSnippet(language: CodeLanguage, input: SnippetInput): string {
  return writers[language](input);
}

const writers = { node, browser, python, go, wscat } satisfies Record<
  CodeLanguage,
  (input: SnippetInput) => string
>;

function node({ parts, url, isQuiet }: SnippetInput): string {
  const values = envValuesOf(parts).map(({ env, name }) => `const ${name} = process.env.${env};\n`);
  const open = isQuiet
    ? `socket.on('open', () => {
  socket.send(message); // No reply on success.
  socket.close();
});`
    : `socket.on('open', () => socket.send(message));
socket.on('message', (reply) => {
  console.log(reply.toString());
  socket.close();
});`;
  return `// Run: node seshdeck.mjs   (needs: npm install ws)
import { WebSocket } from 'ws';

${values.join('')}const message = ${jsText(parts)};

const socket = new WebSocket(process.env.SESHDECK_URL ?? ${jsString(url)});
${open}
`;
}

function browser({ parts, url, isQuiet }: SnippetInput): string {
  const values = envValuesOf(parts).map(
    ({ env, name }) => `const ${name} = sessionStorage.getItem('${env}');\n`,
  );
  const open = isQuiet
    ? `socket.addEventListener('open', () => {
  socket.send(message); // No reply on success.
  socket.close();
});`
    : `socket.addEventListener('open', () => socket.send(message));
socket.addEventListener('message', ({ data }) => {
  console.log(data);
  socket.close();
});`;
  return `// In a page of another address: start the server with --allow-origin and that address.
${values.join('')}const message = ${jsText(parts)};

const socket = new WebSocket(${jsString(url)});
${open}
`;
}

function jsText(parts: readonly CodePart[]): string {
  const written = parts.map((part) =>
    typeof part === 'string' ? jsTemplatePart(part) : `\${${part.name}}`,
  );
  return `\`${written.join('')}\``;
}

function python({ parts, url, isQuiet }: SnippetInput): string {
  const values = envValuesOf(parts).map(({ env, name }) => `${name} = os.environ["${env}"]\n`);
  const receive = isQuiet ? '        # No reply on success.' : '        print(await socket.recv())';
  return `# Run: python3 seshdeck.py   (needs: pip install websockets)
import asyncio
import os

import websockets

url = os.environ.get("SESHDECK_URL", ${pyString(url)})
${values.join('')}message = ${concatenated(parts, pyString)}


async def main():
    async with websockets.connect(url) as socket:
        await socket.send(message)
${receive}


asyncio.run(main())
`;
}

function go({ parts, url, isQuiet }: SnippetInput): string {
  const values = envValuesOf(parts).map(({ env, name }) => `\t${name} := os.Getenv("${env}")\n`);
  const receive = isQuiet
    ? '\t// No reply on success.'
    : `\t_, reply, err := socket.ReadMessage()
\tif err != nil {
\t\tlog.Fatal(err)
\t}
\tfmt.Println(string(reply))`;
  return `// Run: go run seshdeck.go   (needs: go get github.com/gorilla/websocket)
package main

import (
${isQuiet ? '' : '\t"fmt"\n'}\t"log"
\t"os"

\t"github.com/gorilla/websocket"
)

func main() {
\turl := os.Getenv("SESHDECK_URL")
\tif url == "" {
\t\turl = ${goString(url)}
\t}
${values.join('')}\tmessage := ${concatenated(parts, goString)}

\tsocket, _, err := websocket.DefaultDialer.Dial(url, nil)
\tif err != nil {
\t\tlog.Fatal(err)
\t}
\tdefer socket.Close()
\tif err := socket.WriteMessage(websocket.TextMessage, []byte(message)); err != nil {
\t\tlog.Fatal(err)
\t}
${receive}
}
`;
}

function concatenated(parts: readonly CodePart[], quoted: (text: string) => string): string {
  return parts.map((part) => (typeof part === 'string' ? quoted(part) : part.name)).join(' + ');
}

function wscat({ parts, url }: SnippetInput): string {
  const texts = parts.map((part) => (typeof part === 'string' ? part : ''));
  if (!texts.every(fitsShell)) return '# The message holds U+0000, which no argument can.\n';
  const needed = envValuesOf(parts).map(({ env }) => `: "\${${env}:?has no value}"\n`);
  const written = parts.map((part) =>
    typeof part === 'string' ? shellWord(part) : `"$${part.env}"`,
  );
  return `# Needs: npm install --global wscat
${needed.join('')}wscat -c "\${SESHDECK_URL:-${url.replace(/["$`\\]/g, encodeURIComponent)}}" -w 1 -x ${written.join('')}
`;
}
