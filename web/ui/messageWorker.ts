// The JSON language worker for texts of several messages: each is looked at as if it were alone.
import { initialize } from 'monaco-editor/internal/common/initialize';
import {
  JSONWorker,
  type Diagnostic,
  type TextDocument,
} from 'monaco-editor/languages/features/json/jsonWorker';
import { messageSpans, withoutVariables, type TextSpan } from '../../protocol/json/jsonTokens.ts';
import { onlyMessage, placeLines } from './messageView.ts';

class MessageWorker extends JSONWorker {
  /** Which part of the text counts; undefined for all of it. */
  #span: TextSpan | undefined;

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

  override doComplete(uri: string, position: Parameters<JSONWorker['doComplete']>[1]) {
    this.#lookAt(uri, position);
    return super.doComplete(uri, position);
  }

  override doHover(uri: string, position: Parameters<JSONWorker['doHover']>[1]) {
    this.#lookAt(uri, position);
    return super.doHover(uri, position);
  }

  override _getTextDocument(uri: string): TextDocument | null {
    const document = super._getTextDocument(uri);
    const span = this.#span;
    this.#span = undefined;
    if (!document) return null;
    const text = document.getText();
    const shown = span ? onlyMessage(text, span) : text;
    document.update([{ text: withoutVariables(shown) }], document.version);
    return document;
  }

  #lookAt(uri: string, position: Parameters<JSONWorker['doHover']>[1]): void {
    const document = super._getTextDocument(uri);
    if (!document) return;
    const offset = document.offsetAt(position);
    const spans = messageSpans(document.getText());
    this.#span = spans.find(({ start, end }) => start <= offset && offset <= end);
  }
}

self.onmessage = () => {
  initialize((context, settings) => new MessageWorker(context, settings));
};

// The page waits for this message: the worker runs.
self.postMessage('ready');
