import { useId, useState } from 'react';
import type { ServerChanges } from './changeServers.ts';
import { maxNameLength } from './changeServers.ts';
import {
  colours,
  modes,
  serverAddress,
  useServer,
  type ServerChoices,
  type Servers,
} from './servers.ts';
import { texts } from './texts.ts';
import './servers.css';
import './ServerForm.css';

interface ServerFormProps {
  readonly servers: Servers;
  readonly changes: ServerChanges;
  readonly url: string;
}

/** Name, mode and colour of a server. Every choice takes effect at once. */
export function ServerForm({ servers, changes, url }: ServerFormProps) {
  const server = useServer(servers, url);
  const change = (choices: ServerChoices) => changes.describe(url, choices);
  const isAddress = serverAddress(url) !== undefined;
  return (
    <section className="server-form" aria-label={texts.server}>
      <h3>{texts.server}</h3>
      {isAddress ? (
        <>
          <NameField
            key={server.address}
            server={servers.of(url)}
            onChange={(name) => change({ name })}
          />
          <Choices
            label={texts.mode}
            options={modes.map((id) => ({ id, label: texts[id], hint: texts[`${id}Hint`] }))}
            chosen={server.mode}
            onChoose={(mode) => change({ mode })}
          />
          <Choices
            label={texts.colour}
            options={colours.map((id) => ({ id, label: texts[id], colour: id }))}
            chosen={server.colour}
            onChoose={(colour) => change({ colour })}
          />
        </>
      ) : (
        <p>{texts.notAnAddress}</p>
      )}
    </section>
  );
}

interface NameFieldProps {
  readonly server: { readonly name: string; readonly ownName: string };
  readonly onChange: (name: string) => void;
}

function NameField({ server: { ownName, name }, onChange }: NameFieldProps) {
  const [typed, setTyped] = useState(ownName);
  const id = useId();
  return (
    <div className="server-name">
      <label htmlFor={id}>{texts.name}</label>
      <input
        id={id}
        className="field"
        value={typed}
        placeholder={name}
        maxLength={maxNameLength}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(target.value);
        }}
      />
      <p id={`${id}-hint`} className="field-hint">
        {texts.nameHint}
      </p>
    </div>
  );
}

interface Option<T> {
  readonly id: T;
  readonly label: string;
  readonly hint?: string;
  /** Drawn before the label. */
  readonly colour?: string;
}

interface ChoicesProps<T> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly chosen: T | undefined;
  readonly onChoose: (id: T) => void;
}

function Choices<T extends string>({ label, options, chosen, onChoose }: ChoicesProps<T>) {
  const group = useId();
  const hint = options.find(({ id }) => id === chosen)?.hint;
  return (
    <div className="server-choices" role="radiogroup" aria-label={label}>
      <span aria-hidden>{label}</span>
      <div className="server-options">
        {options.map(({ id, label: name, colour }) => (
          <label key={id}>
            <input
              type="radio"
              name={group}
              checked={id === chosen}
              onChange={() => onChoose(id)}
            />
            {colour !== undefined && <i className={`server-dot is-${colour}`} aria-hidden />}
            {name}
          </label>
        ))}
      </div>
      {hint !== undefined && <p className="field-hint">{hint}</p>}
    </div>
  );
}
