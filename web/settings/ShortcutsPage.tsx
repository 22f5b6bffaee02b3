import { Keyboard, RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { Button, IconButton } from '../ui/Button.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { foldText, holdsFolded } from '../../protocol/text/foldText.ts';
import { Switch } from '../ui/Switch.tsx';
import { texts } from './texts.ts';

/** A group of the list of shortcuts: key combinations and what they do. */
export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

interface Shortcut {
  /** None: it is found by its name, or switched off. */
  readonly keys: readonly string[];
  readonly does: string;
  /** The part of the page that it belongs to, where the group does not say. */
  readonly where?: string;
  /** Absent: the keys belong to one part of the page and stay as they are. */
  readonly change?: { readonly name: string; readonly isChanged: boolean };
}

/** What became of pressed keys. */
export type PressResult =
  /** Only modifiers so far. */
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly why: string }
  | { readonly state: 'taken' };

export interface ShortcutsPageProps {
  readonly groups: readonly ShortcutGroup[];
  readonly isOff: boolean;
  readonly onSwitchAll: (isOff: boolean) => void;
  /** Takes pressed keys as the new ones. */
  readonly onPress: (name: string, event: globalThis.KeyboardEvent) => PressResult;
  readonly onSwitchOff: (name: string) => void;
  readonly onReset: (name: string) => void;
  readonly onResetAll: () => void;
}

/** The shortcuts of the page, each of which can be changed or switched off. */
export function ShortcutsPage(props: ShortcutsPageProps) {
  const { isOff } = props;
  const [typed, setTyped] = useState('');
  const groups = matching(props.groups, typed);
  const isAnyChanged = props.groups.some(({ shortcuts }) =>
    shortcuts.some(({ change }) => change?.isChanged),
  );
  return (
    <>
      <Switch
        label={texts.useShortcuts}
        hint={texts.useShortcutsHint}
        isOn={!isOff}
        onToggle={() => props.onSwitchAll(!isOff)}
      />
      {isAnyChanged && <Button onClick={props.onResetAll}>{texts.resetAllKeys}</Button>}
      <div className="settings-find">
        <SearchField label={texts.findShortcut} search={typed} onSearch={setTyped} />
      </div>
      {groups.length === 0 && <p>{texts.noShortcut}</p>}
      {groups.map(({ title, shortcuts }) => (
        <section key={title} aria-label={title}>
          <h3 className="settings-group">{title}</h3>
          <dl className="settings-shortcuts">
            {shortcuts.map((shortcut) => (
              <ShortcutRow key={shortcut.does} {...props} shortcut={shortcut} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

/** By what they do, by their keys, or by the name of their group. */
function matching(groups: readonly ShortcutGroup[], typed: string): readonly ShortcutGroup[] {
  const needle = foldText(typed.trim());
  const holds = (text: string) => holdsFolded(text, needle);
  return groups.flatMap(({ title, shortcuts }) => {
    const found = shortcuts.filter(
      ({ does, keys, where = '' }) =>
        holds(title) ||
        holds(does) ||
        holds(where) ||
        holds(keys.join(' ')) ||
        holds(keys.join('+')),
    );
    return found.length > 0 ? [{ title, shortcuts: found }] : [];
  });
}

function ShortcutRow(props: ShortcutsPageProps & { readonly shortcut: Shortcut }) {
  const { keys, does, where, change } = props.shortcut;
  const [refusal, setRefusal] = useState('');
  return (
    <div>
      <dt>{does}</dt>
      <dd translate={where === undefined ? 'no' : undefined}>
        {where}
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dd>
      {change && (
        <dd className="settings-keys">
          {keys.length === 0 && <span>{texts.off}</span>}
          <KeyRecorder {...props} name={change.name} does={does} onRefusal={setRefusal} />
          {change.isChanged && (
            <IconButton
              label={texts.resetKeys(does)}
              icon={<RotateCcw size={14} />}
              onClick={() => props.onReset(change.name)}
            />
          )}
        </dd>
      )}
      {refusal !== '' && (
        <dd role="alert" className="settings-refusal">
          {refusal}
        </dd>
      )}
    </div>
  );
}

interface KeyRecorderProps extends Pick<ShortcutsPageProps, 'onPress' | 'onSwitchOff'> {
  readonly name: string;
  readonly does: string;
  readonly onRefusal: (why: string) => void;
}

/** A button that takes the next keys as the new ones. */
function KeyRecorder({ name, does, onPress, onSwitchOff, onRefusal }: KeyRecorderProps) {
  const [isRecording, setRecording] = useState(false);
  const record = (isOn: boolean) => {
    setRecording(isOn);
    onRefusal('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Tab leaves, as from any button.
    if (!isRecording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      record(false);
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      onSwitchOff(name);
      record(false);
    } else {
      const result = onPress(name, event.nativeEvent);
      if (result.state === 'taken') record(false);
      else onRefusal(result.state === 'refused' ? result.why : '');
    }
  };
  if (!isRecording) {
    return (
      <IconButton
        label={texts.changeKeys(does)}
        icon={<Keyboard size={14} />}
        onClick={() => record(true)}
      />
    );
  }
  return (
    <button
      type="button"
      className="button"
      ref={(button) => button?.focus()}
      data-records-keys
      title={texts.recordHint}
      aria-label={texts.pressKeys(does)}
      onKeyDown={onKeyDown}
      onBlur={() => record(false)}
    >
      {texts.pressNewKeys}
    </button>
  );
}
