import { TextCursorInput } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { findCommands } from '../../protocol/commands/reference.ts';
import type { Template } from '../../protocol/wire/template.ts';
import { useActions, type Action } from '../ui/action.ts';
import { Button } from '../ui/Button.tsx';
import { CommandDetail } from './CommandDetail.tsx';
import { CommandList } from './CommandList.tsx';
import { foldText } from '../../protocol/text/foldText.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { texts } from './texts.ts';
import { shownCommand, type ReferenceStore } from './referenceStore.ts';
import './ReferencePanel.css';

interface ReferencePanelProps {
  readonly reference: ReferenceStore;
  /** The command that the cursor of the composer is on. */
  readonly atCursor: CommandName | undefined;
  /** Puts a message to fill in into the composer. */
  readonly onInsert: (template: Template) => void;
}

/** What made the panel's content change; decides where the focus goes. */
type Arrival = { readonly at: 'command' } | { readonly at: 'list'; readonly from: CommandName };

/** What the catalog says about every command, and first about the one that is being written. */
export function ReferencePanel({ reference, atCursor, onInsert }: ReferencePanelProps) {
  const view = useStore(reference.store);
  const [arrival, setArrival] = useState<Arrival>();
  const shown = shownCommand(view, atCursor);
  const follow: Action = {
    label: texts.follow,
    group: texts.title,
    run: () => (view.isFollowing ? reference.pin(shown) : reference.follow()),
  };
  useActions(() => ({ 'reference.follow': follow }));
  const choose = (name: CommandName) => {
    setArrival({ at: 'command' });
    reference.choose(name);
  };
  return (
    <section className="panel reference" aria-label={texts.title}>
      <div className="panel-head">
        <h2>{texts.title}</h2>
        <span className="spring" />
        <a
          className="button is-quiet"
          href="/docs"
          target="_blank"
          rel="noopener"
          title={texts.documentationHelp}
        >
          {texts.documentation}
        </a>
        <Button
          look="quiet"
          aria-pressed={view.isFollowing}
          title={texts.followHelp}
          onClick={() => follow.run()}
        >
          <TextCursorInput size={14} aria-hidden /> {follow.label}
        </Button>
      </div>
      <FindCommands
        search={view.search}
        onFind={(search) => {
          setArrival(undefined);
          reference.find(search);
        }}
        onChoose={choose}
      />
      {/* Each command starts at its top, so each has its own scroll position. */}
      <div className="panel-body" key={shown ?? 'list'}>
        {shown === undefined ? (
          <CommandList
            search={view.search}
            focusOn={arrival?.at === 'list' ? arrival.from : undefined}
            onChoose={choose}
            onShowAll={reference.showAll}
          />
        ) : (
          <CommandDetail
            name={shown}
            takesFocus={arrival?.at === 'command' && !view.isFollowing}
            onInsert={onInsert}
            onBack={() => {
              setArrival({ at: 'list', from: shown });
              reference.showAll();
            }}
          />
        )}
      </div>
    </section>
  );
}

interface FindCommandsProps {
  readonly search: string;
  readonly onFind: (search: string) => void;
  readonly onChoose: (name: CommandName) => void;
}

/** Enter takes the first match. */
function FindCommands({ search, onFind, onChoose }: FindCommandsProps) {
  const chooseFirst = (event: FormEvent) => {
    event.preventDefault();
    const [first] = findCommands(foldText(search));
    if (search.trim() !== '' && first !== undefined) onChoose(first);
  };
  return (
    <form className="panel-tools" onSubmit={chooseFirst}>
      <SearchField
        label={texts.find}
        placeholder={texts.findHint}
        search={search}
        onSearch={onFind}
      />
    </form>
  );
}
