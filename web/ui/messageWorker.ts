// The JSON language worker for texts of several messages: each is looked at as if it were alone.
import { initialize } from 'monaco-editor/internal/common/initialize';
import {
  JSONWorker,
  type Diagnostic,
  type TextDocument,
} from 'monaco-editor/languages/features/json/jsonWorker';
import { messageSpans, withoutVariables } from '../../protocol/json/jsonTokens.ts';
import { placeLines } from './messageView.ts';

class MessageWorker extends JSONWorker {
  override async doValidation(uri: string): Promise<Diagnostic[]> {
    const document = super._getTextDocument(uri);
    if (!document) return [];
    const text = document.getText();
    const found: Diagnostic[] = [];
    for (const span of messageSpans(text)) {
      const part = withoutVariables(text.slice(span.start, span.end));
      document.update([{ text: part }], document.version);
      const json = this._languageService.parseJSONDocument(document);
      const faults = await this._languageService.doValidation(
        document,
        json,
        this._languageSettings,
      );
      found.push(...placeLines(faults, text.slice(0, span.start)));
    }
    return found;
  }

  override _getTextDocument(uri: string): TextDocument | null {
    const document = super._getTextDocument(uri);
    if (!document) return null;
    document.update([{ text: withoutVariables(document.getText()) }], document.version);
    return document;
  }
}

self.onmessage = () => {
  initialize((context, settings) => new MessageWorker(context, settings));
};

// The page waits for this message: the worker runs.
self.postMessage('ready');
