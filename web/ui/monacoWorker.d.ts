// Parts of Monaco's JSON support that it ships without types. Pinned with it in package.json.

declare module 'monaco-editor/internal/common/initialize' {
  import type {
    JSONWorkerContext,
    JSONWorkerSettings,
  } from 'monaco-editor/languages/features/json/jsonWorker';
  export function initialize(
    make: (context: JSONWorkerContext, settings: JSONWorkerSettings) => object,
  ): void;
}

declare module 'monaco-editor/languages/features/json/jsonWorker' {
  export interface JSONWorkerContext {
    getMirrorModels: () => readonly object[];
  }
  export interface JSONWorkerSettings {
    readonly languageSettings: object;
  }
  interface Position {
    readonly line: number;
    readonly character: number;
  }
  export interface Diagnostic {
    readonly range: { readonly start: Position; readonly end: Position };
  }
  export interface TextDocument {
    readonly version: number;
    getText: () => string;
    update: (changes: readonly { readonly text: string }[], version: number) => void;
  }
  export class JSONWorker {
    constructor(context: JSONWorkerContext, settings: JSONWorkerSettings);
    readonly _languageSettings: object;
    readonly _languageService: {
      parseJSONDocument: (document: TextDocument) => object;
      doValidation: (
        document: TextDocument,
        json: object,
        settings: object,
      ) => Promise<readonly Diagnostic[]>;
    };
    _getTextDocument(uri: string): TextDocument | null;
    doValidation(uri: string): Promise<Diagnostic[]>;
  }
}
