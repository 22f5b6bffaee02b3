import { Braces, Send } from 'lucide-react';
import { editorSchema } from '../../protocol/editorSchema.ts';
import type { Connection } from '../connection/connection.ts';
import { Button } from '../ui/Button.tsx';
import { CodeEditor } from '../ui/CodeEditor.tsx';
import { ComposerFooter } from './ComposerFooter.tsx';
import type { Draft } from './draft.ts';
import { FaultNotice } from './FaultNotice.tsx';
import { SaveMessageButton } from './SaveMessageButton.tsx';
import { TemplateMenu } from './TemplateMenu.tsx';
import { useComposer } from './useComposer.ts';
import './ComposerPanel.css';

interface ComposerPanelProps {
  /** Of the tab; keeps the undo histories of tabs apart. */
  readonly tabId: string;
  readonly draft: Draft;
  readonly connection: Connection;
  readonly theme: 'light' | 'dark';
  /** UTF-8 bytes that the server accepts in one message. */
  readonly maxPayloadBytes: number;
  /** @returns Why it was not kept, if it was not. */
  readonly onSave: (name: string, text: string) => string | undefined;
}

const schema = editorSchema();

/** Where a message is written and sent. */
export function ComposerPanel(props: ComposerPanelProps) {
  const { draft, maxPayloadBytes } = props;
  const { text, fault, send, ...composer } = useComposer(props);
  return (
    <section className="panel composer" aria-label="Compose message">
      <div className="panel-head">
        <h2>Compose message</h2>
        <span className="spring" />
        <Button look="quiet" onClick={composer.beautify} title="Lay the JSON out over lines">
          <Braces size={14} aria-hidden /> <span className="composer-button-label">Beautify</span>
        </Button>
        <SaveMessageButton text={text} onSave={props.onSave} />
        <TemplateMenu onPick={composer.insertTemplate} />
      </div>
      <div className="composer-editor">
        <CodeEditor
          label="Compose message"
          documentId={props.tabId}
          text={text}
          onChange={draft.typed}
          onCursor={draft.cursorMoved}
          onSubmit={send}
          selection={composer.selection}
          theme={props.theme}
          schema={schema}
        />
      </div>
      {fault && (
        <FaultNotice
          fault={fault}
          maxPayloadBytes={maxPayloadBytes}
          onSendAnyway={composer.sendAnyway}
        />
      )}
      <ComposerFooter
        text={text}
        variables={composer.variables}
        bytes={composer.bytes}
        maxPayloadBytes={maxPayloadBytes}
      >
        <Button look="primary" onClick={send} title="Send (Ctrl+Enter or Cmd+Enter)">
          <Send size={14} aria-hidden /> Send
        </Button>
      </ComposerFooter>
    </section>
  );
}
