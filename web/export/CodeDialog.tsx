import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { catalog, isCommandName } from '../../protocol/commands/catalog.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { Entry, WrittenMessage } from '../connection/page/exchange.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import { codeParts, envValuesOf } from './codeParts.ts';
import { codeLanguages, codeSnippet, type CodeLanguage } from './codeSnippets.ts';
import { secretsOf } from './redaction.ts';
import { texts } from './texts.ts';
import './ExportDialog.css';

interface CodeDialogProps {
  readonly message: WrittenMessage;
  readonly connection: Connection;
  /** Of the log: their tokens are known. */
  readonly entries: readonly Entry[];
}

/** One message as a short program of a language. */
export function CodeDialog({ message, connection, entries }: CodeDialogProps) {
  const [language, setLanguage] = useState<CodeLanguage>('node');
  const [notice, setNotice] = useState('');
  // As they were when it opened: the log keeps growing.
  const [known] = useState(() => {
    const { url, variables } = connection.store.getState();
    return { url, variables, secrets: secretsOf(entries, variables) };
  });
  const parts = useMemo(() => codeParts(message, known), [message, known]);
  const name = readMessage(message.text)?.name ?? '';
  const isQuiet = isCommandName(name) && catalog[name].isQuiet === true;
  const text = codeSnippet(language, { parts, url: known.url, isQuiet });
  const needed = envValuesOf(parts).map(({ env }) => env);
  const copy = async () => setNotice((await copyText(text)) ? texts.copied : texts.copyRefused);
  return (
    <>
      <div className="export is-code is-wide">
        <LanguageChoice
          chosen={language}
          onChoose={(chosen) => {
            setLanguage(chosen);
            setNotice('');
          }}
        />
        <div className="export-main">
          <p className="export-hint">{texts.codeHint}</p>
          <div className="export-preview">
            <textarea
              className="field"
              aria-label={texts.code}
              translate="no"
              spellCheck={false}
              readOnly
              value={text}
            />
          </div>
          {needed.length > 0 && (
            <p className="export-hint">
              {language === 'browser' ? texts.codeStorage : texts.codeEnvironment}{' '}
              <code translate="no">{needed.join(', ')}</code>
            </p>
          )}
        </div>
      </div>
      <div className="export-foot">
        <p role="status">{notice}</p>
        <Button look="primary" onClick={() => void copy()}>
          <Copy size={14} aria-hidden /> {texts.copy}
        </Button>
      </div>
    </>
  );
}

const labels: Readonly<Record<CodeLanguage, string>> = {
  node: texts.inNode,
  browser: texts.inBrowser,
  python: texts.inPython,
  go: texts.inGo,
  wscat: texts.inWscat,
};

interface LanguageChoiceProps {
  readonly chosen: CodeLanguage;
  readonly onChoose: (language: CodeLanguage) => void;
}

function LanguageChoice({ chosen, onChoose }: LanguageChoiceProps) {
  return (
    <div role="radiogroup" aria-label={texts.language} className="export-formats">
      {codeLanguages.map((language) => (
        <label key={language} className="export-format">
          <input
            type="radio"
            name="code-language"
            checked={language === chosen}
            onChange={() => onChoose(language)}
          />
          {labels[language]}
        </label>
      ))}
    </div>
  );
}
