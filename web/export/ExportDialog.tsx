import { Copy, Download, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { RowChoices } from '../connection/page/exchange.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import { Switch } from '../ui/Switch.tsx';
import { downloadText } from '../ui/downloadText.ts';
import type { ExportFacts } from './exportFacts.ts';
import { exportFile, isScript, type FormatId } from './formats.ts';
import { FormatChoice } from './FormatChoice.tsx';
import { RowsChoice, type RowScope } from './RowsChoice.tsx';
import { texts } from './texts.ts';
import './ExportDialog.css';

interface ExportDialogProps {
  /** Rows to export; what comes after the opening is no part of it. */
  readonly rows: RowChoices;
  readonly facts: ExportFacts;
  readonly onClose: () => void;
}

/** A preview is for a look; the whole of a large log would only make the page slow. */
const previewCharacters = 6000;

/** Where recorded messages become a file: data, a test or a script. */
export function ExportDialog({ rows, facts, onClose }: ExportDialogProps) {
  const [scope, setScope] = useState<RowScope>(rows.selected.length > 0 ? 'selected' : 'shown');
  const [format, setFormat] = useState<FormatId>('json');
  const [includesTokens, setIncludesTokens] = useState(false);
  const [notice, setNotice] = useState('');
  const request = useMemo(
    () => ({ entries: rows[scope], known: rows.all, facts, format, includesTokens }),
    [rows, scope, facts, format, includesTokens],
  );
  // A large log takes a moment to write: the choice is shown before.
  const written = useDeferredValue(request);
  const file = useMemo(() => exportFile(written), [written]);
  const canSave = file.text !== '' && written === request;
  const copy = async () =>
    setNotice((await copyText(file.text)) ? texts.copied : texts.copyRefused);
  const download = () => {
    downloadText(file.name, file.text, file.type);
    setNotice(texts.downloaded(file.name));
  };
  const hiddenHint = isScript(format) ? texts.tokensAsked : texts.tokensHidden;
  return (
    <>
      <div className="export is-wide">
        <FormatChoice
          chosen={format}
          onChoose={(id) => {
            setFormat(id);
            setNotice('');
          }}
        />
        <div className="export-main">
          <p className="export-hint">{texts[`${format}Hint`]}</p>
          <RowsChoice
            rows={rows}
            chosen={scope}
            onChoose={(chosen) => {
              setScope(chosen);
              setNotice('');
            }}
          />
          <Preview text={file.text} />
          <div className={includesTokens ? 'notice is-warn' : 'notice'}>
            <Switch
              label={texts.includeTokens}
              hint={includesTokens ? <TokensShown /> : hiddenHint}
              isOn={includesTokens}
              onToggle={() => {
                setIncludesTokens(!includesTokens);
                setNotice('');
              }}
            />
          </div>
        </div>
      </div>
      <div className="export-foot">
        <p role="status">{notice}</p>
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button disabled={!canSave} onClick={() => void copy()}>
          <Copy size={14} aria-hidden /> {texts.copy}
        </Button>
        <Button look="primary" disabled={!canSave} onClick={download}>
          <Download size={14} aria-hidden /> {texts.download}
        </Button>
      </div>
    </>
  );
}

function TokensShown() {
  return (
    <>
      <TriangleAlert size={14} aria-hidden />
      {texts.tokensShown}
    </>
  );
}

function Preview({ text }: { readonly text: string }) {
  if (text === '') return <p className="export-preview is-empty">{texts.nothing}</p>;
  return (
    <div className="export-preview">
      <textarea
        className="field"
        aria-label={texts.preview}
        translate="no"
        spellCheck={false}
        readOnly
        value={text.slice(0, previewCharacters)}
      />
      {text.length > previewCharacters && (
        <p className="export-cut">{texts.cut(previewCharacters, text.length)}</p>
      )}
    </div>
  );
}
