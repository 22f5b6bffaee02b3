import { useId, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { commandNames } from '../../../protocol/commands/catalog.ts';
import { statusCodes } from '../../../protocol/status.ts';
import { Button } from '../../ui/Button.tsx';
import type { CommandFeed } from './commandFeed.ts';
import { faultsOf, noFilter, type StreamFilter } from './streamFilter.ts';
import { texts } from './texts.ts';
import { statusWords } from '../figureWords.ts';

/** What the server lets through. A text counts when it is finished: with Enter, or when the field is left. */
export function StreamFilterForm({ feed }: { readonly feed: CommandFeed }) {
  const filter = useStore(feed.store, (view) => view.filter);
  const [isOpen, setOpen] = useState(false);
  const count = Object.values(filter).filter((each) => each !== '').length;
  const id = useId();
  return (
    <div className="command-filter">
      <button
        type="button"
        className="command-filter-head"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {count === 0 ? texts.filters : texts.filtersOn(count)}
      </button>
      {/* A filter that is set elsewhere, by a link in a row, is another form. */}
      {isOpen && <FilterFields key={Object.values(filter).join(' ')} {...{ id, feed, filter }} />}
    </div>
  );
}

interface FilterFieldsProps {
  readonly id: string;
  readonly feed: CommandFeed;
  readonly filter: StreamFilter;
}

function FilterFields({ id, feed, filter }: FilterFieldsProps) {
  const servers = useStore(feed.store, (view) => view.servers);
  const [draft, setDraft] = useState(filter);
  const faults = faultsOf(draft);
  const apply = (next: StreamFilter) => {
    const isNew = Object.values(next).join(' ') !== Object.values(filter).join(' ');
    if (isNew && Object.keys(faultsOf(next)).length === 0) feed.setFilter(next);
  };
  const fieldOf = (name: keyof StreamFilter) => ({
    value: draft[name],
    fault: faults[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
    onDone: () => apply(draft),
  });
  return (
    <div id={id} className="command-fields">
      <FilterField
        label={texts.command}
        placeholder={texts.commandHint}
        choices={commandNames}
        {...fieldOf('command')}
      />
      <Labelled label={texts.status}>
        {(fieldId) => (
          <select
            id={fieldId}
            className="field"
            value={draft.status}
            onChange={(event) => apply({ ...draft, status: event.target.value })}
          >
            <option value="">{texts.allStatuses}</option>
            <option value="failed">{texts.failedOnly}</option>
            {Object.values(statusCodes).map((code) => (
              <option key={code} value={code} translate="no">
                {statusWords(code)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {servers.length > 1 && (
        <Labelled label={texts.server}>
          {(fieldId) => (
            <select
              id={fieldId}
              className="field"
              value={draft.server}
              onChange={(event) => apply({ ...draft, server: event.target.value })}
            >
              <option value="">{texts.allServers}</option>
              {servers.map((server) => (
                <option key={server} translate="no">
                  {server}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <FilterField label={texts.connection} inputMode="numeric" {...fieldOf('connection')} />
      <FilterField label={texts.session} {...fieldOf('session')} />
      <FilterField label={texts.slowerThan} inputMode="numeric" {...fieldOf('slowerThanMs')} />
      {Object.values(filter).some((each) => each !== '') && (
        <Button onClick={() => apply(noFilter)}>{texts.clearFilter}</Button>
      )}
    </div>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly children: (id: string) => ReactNode;
}

function Labelled({ label, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="command-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric';
  readonly choices?: readonly string[];
  readonly onChange: (value: string) => void;
  readonly onDone: () => void;
}

function FilterField(props: FilterFieldProps) {
  const { label, value, fault, choices, onChange, onDone, ...input } = props;
  return (
    <Labelled label={label}>
      {(id) => (
        <>
          <input
            id={id}
            className="field"
            spellCheck={false}
            autoComplete="off"
            value={value}
            list={choices && `${id}-choices`}
            aria-invalid={fault !== undefined}
            aria-describedby={fault === undefined ? undefined : `${id}-fault`}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onDone}
            onKeyDown={(event) => event.key === 'Enter' && onDone()}
            {...input}
          />
          {choices && (
            <datalist id={`${id}-choices`}>
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choice}
                </option>
              ))}
            </datalist>
          )}
          {fault !== undefined && (
            <p id={`${id}-fault`} role="alert">
              {fault}
            </p>
          )}
        </>
      )}
    </Labelled>
  );
}
