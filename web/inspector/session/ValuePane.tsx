import { Copy, Ellipsis } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { kindOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { formatAgo, formatMoment } from '../../ui/format.ts';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useWhyNot } from '../access/allowed.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import { Conflict } from '../edit/EditReview.tsx';
import { ifFocusIsLost } from '../edit/ifFocusIsLost.ts';
import type { SessionEdits } from '../edit/sessionEdits.ts';
import type { Inspector } from '../inspector.ts';
import type { SameValueStart } from '../viewProps.ts';
import { sizeOf } from '../words.ts';
import type { ShownKey } from './keyRows.ts';
import { pathOf } from './pathOf.ts';
import { RawValue } from './RawValue.tsx';
import { copyTexts, texts, writerTexts } from './texts.ts';
import { copyOf, type CopyKind, type PlacedValue } from './valueCommands.ts';
import { ValueEditor } from './ValueEditor.tsx';
import { isTable, ValueTable } from './ValueTable.tsx';

/** Longer values are loaded when a person asks for them. */
const maxLoadedLength = 8_000_000;

/** Longer values are hardly those of a member that sessions share. */
const maxComparedLength = 200;

/** How a value is shown. */
export type ValueView = 'raw' | 'table' | 'edit';

/** What can be done with the value that is shown. */
export interface ValueActions {
  readonly onRename: (() => void) | undefined;
  readonly onRemove: () => void;
  /** Of a branch. */
  readonly onAdd: (() => void) | undefined;
  readonly onDiscard: (() => void) | undefined;
  readonly onValue: (json: JsonText) => void;
  readonly onLeave: () => void;
}

export interface ShownValue {
  readonly rowId: string;
  readonly shown: ShownKey;
  /** Absent json: it is not loaded. */
  readonly placed: Omit<PlacedValue, 'json'> & { readonly json: JsonText | undefined };
  /** As it is stored. */
  readonly stored: JsonText | undefined;
}

interface ValuePaneProps {
  readonly inspector: Inspector;
  readonly edits: SessionEdits;
  readonly sessionId: string;
  readonly value: ShownValue;
  readonly view: ValueView;
  readonly onView: (view: ValueView) => void;
  readonly actions: ValueActions;
  /** Why nothing can be changed here. */
  readonly whyNot: string | undefined;
  readonly onNotice: (text: string) => void;
  readonly onShowSame: (start: SameValueStart) => void;
}

/** One value: what it is, who wrote it, what can be done with it, and its text. */
export function ValuePane(props: ValuePaneProps) {
  const { shown, placed } = props.value;
  const name =
    visibleName(placed.key) + (placed.steps.length > 0 ? pathOf(placed.steps).slice(1) : '');
  return (
    <section className="value-pane" aria-label={texts.valueOf(shortName(name))}>
      <div className="value-head">
        <h4 className="mono" title={name} translate="no">
          <bdi>{shortName(name)}</bdi>
        </h4>
        <span className="session-note">
          {placed.json !== undefined && `${kindOf(placed.json)} · `}
          {sizeOf({ key: '', length: placed.json?.length ?? shown.length, value: placed.json })}
        </span>
        <WriterNote {...props} />
      </div>
      <ValueTools {...props} />
      <div className="value-body">
        <ConflictNote {...props} />
        <ValueBody {...props} />
      </div>
    </section>
  );
}

/** Who wrote the key last, with which command, and when; nothing where the server does not remember. */
function WriterNote({ inspector, value: { shown } }: ValuePaneProps) {
  if (!shown.entry) return null;
  const { writer } = shown.entry;
  if (!writer) {
    return (
      <span className="session-note" title={texts.writerUnknownHint}>
        {texts.writerUnknown}
      </span>
    );
  }
  const name = writerTexts[writer.by](writer.connection ?? 0);
  const who = writer.server === undefined ? name : writerTexts.at(name, writer.server);
  const ago = formatAgo(writer.atMs, inspector.serverNowMs());
  return (
    <span className="session-note" title={formatMoment(writer.atMs)}>
      {texts.written(who, writer.command ?? texts.expired, ago)}
    </span>
  );
}

const copyItems: readonly MenuItem<CopyKind>[] = (
  ['text', 'json', 'path', 'key', 'command'] as const
).map((id) => ({ id, label: copyTexts[id], isPlain: true }));

type Doing = 'rename' | 'add' | 'discard';

function ValueTools(props: ValuePaneProps) {
  const { value, view, onView, actions, onNotice } = props;
  const { placed } = value;
  const { json } = placed;
  const whyHidden = useWhyNot(props.inspector, 'values');
  const whyNot = props.whyNot ?? (json === undefined ? whyHidden : undefined);
  const views: ValueView[] =
    json !== undefined && isTable(json) ? ['raw', 'table', 'edit'] : ['raw', 'edit'];
  const copy = async (kind: CopyKind) => {
    if (json === undefined) onNotice(whyHidden ?? texts.loadFirst);
    else
      onNotice(
        (await copyText(copyOf({ ...placed, json }, kind))) ? texts.copied : texts.copyRefused,
      );
  };
  const more = {
    rename: actions.onRename,
    add: actions.onAdd,
    discard: actions.onDiscard,
  } satisfies Record<Doing, (() => void) | undefined>;
  const items: readonly MenuItem<Doing>[] = [
    { id: 'rename', label: texts.rename, isPlain: true } as const,
    { id: 'add', label: texts.addPart, isPlain: true } as const,
    { id: 'discard', label: texts.discard, isPlain: true } as const,
  ].filter(({ id }) => more[id]);
  return (
    <div className="value-tools">
      <div className="value-views" role="group" aria-label={texts.viewOf}>
        {views.map((each) => (
          <Button
            key={each}
            look="quiet"
            aria-pressed={each === view}
            disabled={each === 'edit' && (whyNot !== undefined || json === undefined)}
            title={each === 'edit' ? whyNot : undefined}
            onClick={() => onView(each)}
          >
            {texts[each]}
          </Button>
        ))}
      </div>
      <span className="spring" />
      <Menu
        label={texts.copy}
        icon={<Copy size={14} aria-hidden />}
        items={copyItems}
        onPick={(kind) => void copy(kind)}
      />
      <SameValueButton {...props} />
      <Button
        look="quiet"
        disabled={whyNot !== undefined || json === undefined}
        title={whyNot}
        onClick={actions.onRemove}
      >
        {texts.remove}
      </Button>
      {items.length > 0 && whyNot === undefined && (
        <Menu
          label={texts.more}
          icon={<Ellipsis size={14} aria-hidden />}
          isIconOnly
          items={items}
          onPick={(id) => more[id]?.()}
        />
      )}
    </div>
  );
}

/** Finds the sessions that have the same value here, such as those of one user. */
function SameValueButton({ value: { placed }, sessionId, onShowSame }: ValuePaneProps) {
  const { key, steps, json } = placed;
  if (json === undefined || json.length > maxComparedLength) return null;
  return (
    <Button
      look="quiet"
      title={texts.sameValueHint}
      onClick={() => onShowSame({ key, path: pathOf(steps), json, sessionId })}
    >
      {texts.sameValue}
    </Button>
  );
}

function ValueBody(props: ValuePaneProps) {
  const { inspector, edits, sessionId, value, view, actions } = props;
  const { rowId, shown, placed } = value;
  const { json } = placed;
  const isHidden = useWhyNot(inspector, 'values') !== undefined;
  const draft = useStore(edits.store, () => edits.of(sessionId).drafts.get(rowId));
  if (json === undefined && isHidden) return <RefusedNotice inspector={inspector} right="values" />;
  if (json === undefined) return <ValueLoader {...{ inspector, shown }} />;
  const isEdited = (view === 'edit' || draft !== undefined) && props.whyNot === undefined;
  if (view === 'table' && isTable(json)) return <ValueTable json={json} />;
  if (!isEdited) return <RawValue json={json} />;
  return (
    <ValueEditor
      key={rowId}
      label={texts.valueOf(shortName(visibleName(placed.key)))}
      json={json}
      stored={value.stored}
      draft={draft}
      onValue={actions.onValue}
      onDraft={(text) => edits.draft(sessionId, rowId, text)}
      takesFocus={view === 'edit'}
      onLeave={actions.onLeave}
    />
  );
}

/** Says that somebody else has changed the key since, and what can be done. */
function ConflictNote({ edits, sessionId, value: { shown }, actions }: ValuePaneProps) {
  const edit = edits.of(sessionId).edits.get(shown.key);
  const live = edits.live(sessionId, shown.key);
  if (shown.state !== 'conflict' || !edit || !live) return null;
  return (
    <Conflict
      {...{ edit, live }}
      onResolve={(how) => {
        edits.resolve(sessionId, shown.key, how);
        ifFocusIsLost(actions.onLeave);
      }}
    />
  );
}

/** Stands in for a long value until it is here. */
function ValueLoader({
  inspector,
  shown,
}: Pick<ValuePaneProps, 'inspector'> & Pick<ShownValue, 'shown'>) {
  const { key, length } = shown;
  const isAtOnce = length <= maxLoadedLength;
  useEffect(() => {
    if (isAtOnce) inspector.loadValue(key);
  }, [inspector, isAtOnce, key]);
  if (isAtOnce || inspector.isLoading(key)) return <p className="session-note">{texts.loading}</p>;
  const load = () => inspector.loadValue(key);
  return <Button onClick={load}>{texts.loadValue(sizeOf({ key, length }))}</Button>;
}
