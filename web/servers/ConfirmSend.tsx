import { useId, useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { catalog, isCommandName } from '../../protocol/commands/catalog.ts';
import { compactPreview } from '../../protocol/wire/compactPreview.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { UnsentMessage } from '../connection/page/connectionView.ts';
import type { OutgoingMessage } from '../connection/page/exchange.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useServer, type Server, type Servers } from './servers.ts';
import { texts } from './texts.ts';
import './ConfirmSend.css';

interface ConfirmSendProps {
  readonly servers: Servers;
  /** Of the tab in front: nobody is interrupted by another one. */
  readonly connection: Connection;
  /** How much a message reaches, in words, where that is known. */
  readonly reachOf: (message: OutgoingMessage) => string | undefined;
}

/** Asks before a message goes to a production server, one after another. */
export function ConfirmSend({ servers, connection, reachOf }: ConfirmSendProps) {
  const url = useStore(connection.store, (view) => view.url);
  const asked = useStore(connection.store, ({ unsent }) => unsent.find(isAsking));
  const server = useServer(servers, url);
  if (!asked) return null;
  const { id, message } = asked;
  return (
    <Dialog
      key={id}
      title={texts.confirmTitle(message.name, server.name)}
      onClose={() => connection.discard([id])}
    >
      <Question {...{ connection, server, id, message }} reach={reachOf(message)} />
    </Dialog>
  );
}

function isAsking({ state }: UnsentMessage): boolean {
  return state === 'asking';
}

interface QuestionProps extends Pick<UnsentMessage, 'id' | 'message'> {
  readonly connection: Connection;
  readonly server: Server;
  readonly reach: string | undefined;
}

function Question({ connection, server, id, message, reach }: QuestionProps) {
  const isOpen = useStore(connection.store, ({ status }) => status.state === 'open');
  const [typed, setTyped] = useState('');
  const [isRefused, setRefused] = useState(false);
  const fieldId = useId();
  const isNamed = typed.trim() === server.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNamed && isOpen) connection.confirm(id);
    else setRefused(!isNamed);
  };
  return (
    <form className="dialog-body confirm-send" onSubmit={submit}>
      <p className="confirm-server">
        <b className="chip is-bad">{texts.production}</b>
        <code translate="no">{server.address}</code>
      </p>
      <p className="confirm-command" translate="no">
        <code>{message.name}</code> {compactPreview(message.text)?.text}
      </p>
      <p>
        {isCommandName(message.name) && (
          <span data-content>{catalog[message.name].description}</span>
        )}{' '}
        {reach} {texts.noUndo}
      </p>
      <label htmlFor={fieldId}>
        {texts.typeName} <strong translate="no">{server.name}</strong>
      </label>
      <input
        id={fieldId}
        className="field"
        aria-label={texts.serverName}
        aria-invalid={isRefused}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          setRefused(false);
        }}
      />
      {isRefused && (
        <p role="alert" className="confirm-refusal">
          {texts.otherName}
        </p>
      )}
      {!isOpen && <p role="alert">{texts.disconnected}</p>}
      <div className="dialog-buttons">
        <Button onClick={() => connection.discard([id])}>{texts.cancel}</Button>
        <Button look="danger" type="submit" aria-disabled={!isNamed || !isOpen}>
          {texts.send(message.name)}
        </Button>
      </div>
    </form>
  );
}
