import { ChevronsUpDown, X } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { foldText, holdsFolded } from '../../protocol/text/foldText.ts';
import { Popover } from '../ui/Popover.tsx';
import { modeInWords } from './ServerSigns.tsx';
import type { Server, Servers } from './servers.ts';
import { texts } from './texts.ts';
import './servers.css';
import './RecentServers.css';

interface RecentServersProps {
  readonly servers: Servers;
  /** The tab in front is connected: a server that is chosen gets a new one. */
  readonly opensTab: boolean;
  readonly onOpen: (address: string) => void;
  readonly onRemove: (server: Server) => void;
}

/** Beside the address: the servers that were used, the last one first. */
export function RecentServers(props: RecentServersProps) {
  return (
    <Popover
      label={texts.recent}
      title={texts.recent}
      face={
        <>
          <span className="visually-hidden">{texts.recent}</span>
          <ChevronsUpDown size={14} aria-hidden />
        </>
      }
      closeLabel={texts.closeRecent}
      offered={{ name: 'connection.recent', group: texts.connection }}
    >
      {(close) => (
        <ServerList
          {...props}
          onOpen={(address) => {
            close();
            props.onOpen(address);
          }}
        />
      )}
    </Popover>
  );
}

function ServerList({ servers, opensTab, onOpen, onRemove }: RecentServersProps) {
  const known = useStore(servers.known.store);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const found = matching(
    known.map(({ address }) => servers.of(address)),
    typed,
  );
  const chosen = found[Math.min(at, found.length - 1)];
  const idOf = (server: Server) => `${listId}-${found.indexOf(server)}`;
  const go = (to: number) => {
    const next = (to + found.length) % found.length;
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!chosen || event.nativeEvent.isComposing) return;
    const now = found.indexOf(chosen);
    const does = {
      ArrowDown: () => go(now + 1),
      ArrowUp: () => go(now - 1),
      Enter: () => onOpen(chosen.address),
      Delete: () => onRemove(chosen),
    }[event.key];
    // In the middle of a text, Delete is for the text.
    const isForText = event.key === 'Delete' && !isAtEnd(event.currentTarget);
    if (!does || isForText) return;
    event.preventDefault();
    does();
  };
  return (
    <div className="recent-servers">
      <input
        className="field"
        role="combobox"
        aria-label={texts.find}
        placeholder={texts.find}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen && idOf(chosen)}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={listId} aria-label={texts.servers} ref={list}>
        {found.map((server) => (
          <ServerRow
            key={server.address}
            id={idOf(server)}
            server={server}
            isChosen={server === chosen}
            onOpen={() => onOpen(server.address)}
            onRemove={() => onRemove(server)}
          />
        ))}
      </div>
      <p className="field-hint" role="status">
        {wordsBelow({ known: known.length, found: found.length, opensTab })}
      </p>
    </div>
  );
}

interface Counts {
  readonly known: number;
  readonly found: number;
  readonly opensTab: boolean;
}

function wordsBelow({ known, found, opensTab }: Counts): string {
  if (known === 0) return texts.empty;
  if (found === 0) return texts.nothing;
  return opensTab ? texts.opensTab : texts.opensHere;
}

function matching(servers: readonly Server[], typed: string): readonly Server[] {
  const needle = foldText(typed.trim());
  return servers.filter((server) =>
    [server.name, server.address, modeInWords(server)].some((text) => holdsFolded(text, needle)),
  );
}

function isAtEnd(field: EventTarget): boolean {
  return field instanceof HTMLInputElement && field.selectionStart === field.value.length;
}

interface ServerRowProps {
  readonly id: string;
  readonly server: Server;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

function ServerRow({ id, server, isChosen, onOpen, onRemove }: ServerRowProps) {
  const { name, address, mode, colour } = server;
  const isProduction = mode === 'production';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox takes the keys
    <div role="option" id={id} aria-selected={isChosen} className="recent-server" onClick={onOpen}>
      <i className={`server-dot is-${colour}`} aria-hidden />
      <span className="recent-name" translate="no">
        {name}
      </span>
      {mode && <span className={isProduction ? 'chip is-bad' : 'chip'}>{texts[mode]}</span>}
      <span className="recent-address" translate="no">
        {address}
      </span>
      {/* For a pointer; the keyboard has Delete. */}
      <span
        className="recent-remove"
        title={texts.remove(name)}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onRemove();
        }}
      >
        <X size={14} />
      </span>
    </div>
  );
}
