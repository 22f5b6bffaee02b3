import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { Handshake } from '../connection/page/connectionView.ts';
import { Button } from '../ui/Button.tsx';
import { formatMs } from '../ui/formatMs.ts';
import { Switch } from '../ui/Switch.tsx';
import { describeClose } from '../connection/texts/describeClose.ts';
import { describeFault } from '../connection/texts/describeFault.ts';
import { lateTexts } from './lateTexts.ts';
import { StoreDetails } from './StoreDetails.tsx';
import type { StoreSource } from './storeSource.ts';
import './ConnectionDetails.css';

interface ConnectionDetailsProps {
  readonly connection: Connection;
  readonly storeSource: StoreSource;
  /** What a person says of the server. */
  readonly children?: ReactNode;
}

/** What was agreed with the server, the latency, and how to close the connection. */
export function ConnectionDetails({ connection, storeSource, children }: ConnectionDetailsProps) {
  const store = useStore(storeSource, (view) => view.store);
  const { options, handshake, roundTripMs, lastClose } = useStore(connection.store);
  return (
    <div className="dialog-body connection-details">
      {children}
      <dl className="connection-facts">
        <dt>{lateTexts.roundTrip}</dt>
        {roundTripMs === undefined ? (
          <dd>{lateTexts.notMeasured}</dd>
        ) : (
          <dd translate="no">{formatMs(roundTripMs)}</dd>
        )}
        {lastClose && (
          <>
            <dt>{lateTexts.lastClose}</dt>
            <dd>
              {describeClose(lastClose)} {lastClose.code > 0 && lateTexts.closeCode(lastClose.code)}
            </dd>
          </>
        )}
      </dl>
      {store && <StoreDetails store={store} />}
      {handshake ? <HandshakeFacts handshake={handshake} /> : <p>{lateTexts.neverAsked}</p>}
      <SubprotocolsField connection={connection} />
      <Switch
        label={lateTexts.reconnect}
        hint={lateTexts.reconnectHint}
        isOn={options.isReconnecting}
        onToggle={() => connection.setOptions({ isReconnecting: !options.isReconnecting })}
      />
      <CloseForm connection={connection} />
    </div>
  );
}

function HandshakeFacts({ handshake }: { readonly handshake: Handshake }) {
  const { url, subprotocols, origin, answer } = handshake;
  return (
    <>
      <section aria-label={lateTexts.asked}>
        <h3>{lateTexts.asked}</h3>
        <dl className="connection-facts">
          <Fact name={lateTexts.address} value={url} />
          <Fact name={lateTexts.subprotocols} value={subprotocols.join(', ')} />
          <Fact name={lateTexts.origin} value={origin ?? ''} />
        </dl>
      </section>
      <section aria-label={lateTexts.answered}>
        <h3>{lateTexts.answered}</h3>
        {answer ? (
          <dl className="connection-facts">
            <Fact name={lateTexts.subprotocol} value={answer.subprotocol} />
            <Fact name={lateTexts.extensions} value={answer.extensions} />
            <dt>{lateTexts.connectTime}</dt>
            <dd translate="no">{formatMs(answer.connectMs)}</dd>
          </dl>
        ) : (
          <p>{lateTexts.notYet}</p>
        )}
      </section>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      {value === '' ? <dd>{lateTexts.none}</dd> : <dd translate="no">{value}</dd>}
    </>
  );
}

function SubprotocolsField({ connection }: { readonly connection: Connection }) {
  const subprotocols = useStore(connection.store, (view) => view.subprotocols);
  const isClosed = useStore(connection.store, ({ status }) => status.state === 'closed');
  const [typed, setTyped] = useState(subprotocols.join(', '));
  const [refusal, setRefusal] = useState('');
  const id = useId();
  const change = (text: string) => {
    setTyped(text);
    const names = text.split(/[\s,]+/).filter((name) => name !== '');
    const taken = connection.setSubprotocols(names);
    setRefusal(taken.ok ? '' : describeFault(taken.refusal));
  };
  return (
    <div className="connection-field">
      <label htmlFor={id}>{lateTexts.subprotocols}</label>
      <input
        id={id}
        className="field"
        value={typed}
        readOnly={!isClosed}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-hint`}>
        {isClosed ? lateTexts.subprotocolsHint : lateTexts.subprotocolsLocked}
      </p>
      {refusal !== '' && (
        <p role="alert" className="connection-refusal">
          {refusal}
        </p>
      )}
    </div>
  );
}

function CloseForm({ connection }: { readonly connection: Connection }) {
  const isClosed = useStore(connection.store, ({ status }) => status.state === 'closed');
  const [code, setCode] = useState('1000');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const closed = connection.disconnect({ code: Number(code), reason });
    setRefusal(closed.ok ? '' : describeFault(closed.refusal));
  };
  return (
    <form className="connection-close" aria-label={lateTexts.closing} onSubmit={submit}>
      <div className="connection-field">
        <label htmlFor={`${id}-code`}>{lateTexts.closeCodeField}</label>
        <input
          id={`${id}-code`}
          className="field"
          type="number"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </div>
      <div className="connection-field">
        <label htmlFor={`${id}-reason`}>{lateTexts.closeReasonField}</label>
        <input
          id={`${id}-reason`}
          className="field"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <Button type="submit" look="danger" disabled={isClosed}>
        {lateTexts.closeConnection}
      </Button>
      {refusal !== '' && (
        <p role="alert" className="connection-refusal">
          {refusal}
        </p>
      )}
    </form>
  );
}
