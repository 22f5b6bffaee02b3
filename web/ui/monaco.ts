// Loaded lazily by loadMonaco.ts, so that all of Monaco is one chunk.
import 'monaco-editor/features/register.all';
import * as monaco from 'monaco-editor/editor';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import MessageWorker from './messageWorker.ts?worker';

export { monaco };

/** All texts in the editor are of this language. */
export const language = 'json';

/** A language worker that runs and waits for the first editor. */
let startedWorker: Worker | undefined;

/** Starts the language worker. @returns Rejected when it does not run. */
export function startLanguageWorker(): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new MessageWorker();
    worker.addEventListener(
      'message',
      () => {
        startedWorker = worker;
        resolve();
      },
      { once: true },
    );
    worker.addEventListener('error', () => reject(new Error('The language worker did not start')));
  });
}

function languageWorker(): Worker {
  const worker = startedWorker ?? new MessageWorker();
  startedWorker = undefined;
  return worker;
}

self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === language ? languageWorker() : new EditorWorker()),
};

monaco.editor.defineTheme('seshdeck-light', {
  base: 'vs',
  inherit: true,
  rules: [
    { token: 'string.key.json', foreground: '1f4fa8' },
    { token: 'string.value.json', foreground: '12704a' },
    { token: 'number.json', foreground: '93400d' },
    { token: 'keyword.json', foreground: '8a2a7f' },
  ],
  colors: { 'editor.background': '#ffffff', 'editorLineNumber.foreground': '#636a80' },
});

monaco.editor.defineTheme('seshdeck-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [
    { token: 'string.key.json', foreground: '8fb8ff' },
    { token: 'string.value.json', foreground: '7fd6a5' },
    { token: 'number.json', foreground: 'f0b07a' },
    { token: 'keyword.json', foreground: 'e59adb' },
  ],
  colors: { 'editor.background': '#161922', 'editorLineNumber.foreground': '#949bb0' },
});

let currentSchema: object | undefined;

// Checks only: what is offered and explained comes from the page, which knows more than a schema.
jsonDefaults.setModeConfiguration({
  ...jsonDefaults.modeConfiguration,
  completionItems: false,
  hovers: false,
});

/** Checks every JSON text in the editor against this schema. */
export function setJsonSchema(schema: object): void {
  // The same again would only restart the language worker.
  if (schema === currentSchema) return;
  currentSchema = schema;
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    schemaValidation: 'warning',
    enableSchemaRequest: false,
    schemas: [{ uri: 'seshdeck://message', fileMatch: ['*'], schema }],
  });
}
