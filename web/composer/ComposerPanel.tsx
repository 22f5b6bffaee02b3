import { Braces, Send } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { editorSchema } from '../../protocol/editorSchema.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { templateOf } from '../../protocol/template.ts';
import type { CommandName } from '../../protocol/catalog.ts';
import type { Connection } from '../connection/connection.ts';
import { Button } from '../ui/Button.tsx';
import { CodeEditor } from '../ui/CodeEditor.tsx';
import { byteLength, checkMessage, type MessageFault } from './checkMessage.ts';
import { ComposerFooter } from './ComposerFooter.tsx';
import type { Draft } from './draft.ts';
import { FaultNotice } from './FaultNotice.tsx';
import { SaveMessageButton } from './SaveMessageButton.tsx';
import { TemplateMenu } from './TemplateMenu.tsx';
import './ComposerPanel.css';

interface ComposerPanelProps {
  /** Of the tab; keeps the undo histories of tabs apart. */
  readonly tabId: string;
  readonly draft: Draft;
  readonly connection: Connection;
  readonly theme: 'light' | 'dark';
  /** UTF-8 bytes that the server accepts in one message. */
  readonly maxPayloadBytes: number;
  readonly onSave: (name: string, text: string) => void;
}

const schema = editorSchema();

/** Where a message is written and sent. */
export function ComposerPanel(props: ComposerPanelProps) {
  const { draft, connection, maxPayloadBytes } = props;
  const text = useStore(draft.store, (view) => view.text);
  const selection = useStore(draft.store, (view) => view.selection);
  const variables = useStore(connection.store, (view) => view.variables);
  // A fault is told after a vain attempt to send, and goes as soon as the text changes.
  const [refusedText, setRefusedText] = useState<string>();
  const fault = useMemo(() => {
    if (refusedText !== text) return undefined;
    const checked = checkMessage(text, { variables, maxPayloadBytes });
    return checked.ok ? undefined : checked.refusal;
  }, [refusedText, text, variables, maxPayloadBytes]);
  const measured = useDeferredValue(text);
  const bytes = useMemo(() => byteLength(measured), [measured]);

  const send = () => {
    const draftText = draft.store.getState().text;
    const { variables: current } = connection.store.getState();
    const checked = checkMessage(draftText, { variables: current, maxPayloadBytes });
    setRefusedText(checked.ok ? undefined : draftText);
    if (checked.ok) connection.send(checked.value);
  };
  const sendAnyway = (refusal: Extract<MessageFault, { text: string }>) => {
    setRefusedText(undefined);
    connection.send(refusal.text);
  };
  const beautify = () => {
    // Only text that is JSON is laid out; anything else is left as it was and said to be wrong.
    if (readJson(text).ok) draft.setText(prettyJson(text));
    else setRefusedText(text);
  };
  const insertTemplate = (name: CommandName) => {
    const template = templateOf(name);
    draft.setText(template.text, template.selection);
  };

  return (
    <section className="panel composer" aria-label="Compose message">
      <div className="panel-head">
        <h2>Compose message</h2>
        <span className="spring" />
        <Button look="quiet" onClick={beautify} title="Lay the JSON out over lines">
          <Braces size={14} aria-hidden /> <span className="composer-button-label">Beautify</span>
        </Button>
        <SaveMessageButton text={text} onSave={props.onSave} />
        <TemplateMenu onPick={insertTemplate} />
      </div>
      <div className="composer-editor">
        <CodeEditor
          label="Compose message"
          documentId={props.tabId}
          text={text}
          onChange={draft.typed}
          onSubmit={send}
          selection={selection}
          theme={props.theme}
          schema={schema}
        />
      </div>
      {fault && (
        <FaultNotice fault={fault} maxPayloadBytes={maxPayloadBytes} onSendAnyway={sendAnyway} />
      )}
      <ComposerFooter
        text={text}
        variables={variables}
        bytes={bytes}
        maxPayloadBytes={maxPayloadBytes}
      >
        <Button look="primary" onClick={send} title="Send (Ctrl+Enter or Cmd+Enter)">
          <Send size={14} aria-hidden /> Send
        </Button>
      </ComposerFooter>
    </section>
  );
}
