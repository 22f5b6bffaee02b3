import { Plus } from 'lucide-react';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode,
  type RefObject,
} from 'react';
import { useStore } from 'zustand';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { Button } from '../../ui/Button.tsx';
import { SplitView, type Pane } from '../../ui/SplitView.tsx';
import { useActions } from '../../ui/action.ts';
import { useBriefNotice } from '../../ui/useBriefNotice.ts';
import { useWhyNot } from '../access/allowed.ts';
import { EditReview } from '../edit/EditReview.tsx';
import { EditsBar } from '../edit/EditsBar.tsx';
import { ifFocusIsLost } from '../edit/ifFocusIsLost.ts';
import { editsOf, type SessionEdits } from '../edit/sessionEdits.ts';
import type { Inspector } from '../inspector.ts';
import type { SameValueStart, ShownServer } from '../viewProps.ts';
import { ChooseSession } from './ChooseSession.tsx';
import { CompareView } from './CompareView.tsx';
import { KeysHead } from './KeysHead.tsx';
import { rowOfKey, rowOfPlace } from './keyRows.ts';
import { NameDialog, type NameQuestion } from './NameDialog.tsx';
import { PathBox, usePathFinder } from './PathBox.tsx';
import { SessionTree } from './SessionTree.tsx';
import { texts } from './texts.ts';
import { texts as sessionTexts } from '../texts.ts';
import { useIsWide } from './useIsWide.ts';
import { useSessionTree } from './useSessionTree.ts';
import { actionsOf, keysOf, shownValue } from './rowActions.ts';
import { addKey, type EditingParts } from './valueActions.ts';
import { UpdateDialog } from './UpdateDialog.tsx';
import { ValuePane, type ValueView } from './ValuePane.tsx';
import './Session.css';

interface KeysViewProps {
  readonly inspector: Inspector;
  readonly sessionId: string;
  readonly server: ShownServer;
  /** Puts commands for the session into the composer. */
  readonly onCompose: ((...commands: readonly string[]) => void) | undefined;
  readonly onShowSame: (start: SameValueStart) => void;
}

/** From this width on the value stands beside the keys. */
const besidePx = 640;

/** The keys of the chosen session as a tree, the value that is chosen, and what waits to be saved. */
export function KeysView(props: KeysViewProps) {
  const { inspector, sessionId, server, onCompose } = props;
  const root = useRef<HTMLDivElement>(null);
  const isBeside = useIsWide(root, besidePx);
  const [notice, showNotice] = useBriefNotice();
  const editing = useEditing(inspector, sessionId, root);
  const { tree, whyNot, parts } = editing;
  const paths = usePaths(inspector, sessionId, tree.openTo);
  const compare = useCompare({
    inspector,
    sessionId,
    whyNot,
    edits: editing.edits,
    onNotice: showNotice,
  });
  const [isUpdating, setUpdating] = useState(false);
  const review = useReview(editing.edits, sessionId);
  const group = sessionTexts.session;
  useActions(() => ({
    'session.compare': { label: texts.compareTitle, group, run: compare.choose },
    'session.addKey': {
      label: texts.addKey,
      group,
      isEnabled: () => whyNot === undefined,
      run: () => addKey(parts),
    },
  }));
  const panes = panesOf({
    ...props,
    editing,
    isBeside,
    matches: paths.matches,
    onNotice: showNotice,
  });
  return (
    <div ref={root} className="keys-view">
      <KeysHead inspector={inspector} notice={notice}>
        <Button look="quiet" onClick={compare.choose}>
          {texts.compare}
        </Button>
        <AddKeyButton {...{ whyNot, parts }} />
      </KeysHead>
      {/* It is about the tree, which is not there while sessions are compared. */}
      {!compare.view && (
        <PathBox
          {...paths}
          isHidden={review.isOpen}
          onShow={parts.show}
          onUpdate={whyNot === undefined ? () => setUpdating(true) : undefined}
        />
      )}
      <KeysPanes {...{ inspector, sessionId, editing, review }}>
        {compare.view ?? (
          <SplitView orientation={isBeside ? 'horizontal' : 'vertical'} panes={panes} />
        )}
      </KeysPanes>
      <EditsBar
        {...{ inspector, sessionId, server, onCompose }}
        root={root}
        isReviewed={review.isOpen}
        onReview={review.toggle}
        onFocusLost={editing.focusTree}
      />
      {editing.dialog}
      {compare.dialog}
      {isUpdating && (
        <UpdateDialog
          {...{ edits: editing.edits, sessionId }}
          places={paths.search.places}
          onClose={() => setUpdating(false)}
        />
      )}
    </div>
  );
}

interface KeysPanesProps extends Pick<KeysViewProps, 'inspector' | 'sessionId'> {
  readonly editing: ReturnType<typeof useEditing>;
  readonly review: ReturnType<typeof useReview>;
  readonly children: ReactNode;
}

/** The tree with the value, or two sessions compared; in their place the changes, when they are reviewed. */
function KeysPanes({ inspector, sessionId, editing, review, children }: KeysPanesProps) {
  return (
    <div className="keys-split">
      <div className="keys-panes" inert={review.isOpen}>
        {children}
      </div>
      {review.isOpen && (
        <EditReview
          {...{ inspector, edits: editing.edits, sessionId }}
          onShowKey={(key) => {
            review.toggle();
            editing.parts.show(rowOfKey(key));
            ifFocusIsLost(editing.focusTree);
          }}
          onFocusLost={editing.focusTree}
        />
      )}
    </div>
  );
}

interface PanesProps extends Pick<KeysViewProps, 'inspector' | 'sessionId' | 'onShowSame'> {
  readonly editing: ReturnType<typeof useEditing>;
  readonly isBeside: boolean;
  readonly matches: ReadonlySet<string>;
  readonly onNotice: (text: string) => void;
}

/** The tree, and the value of the chosen row. */
function panesOf({ editing, isBeside, matches, onNotice, ...props }: PanesProps): Pane[] {
  const { inspector, sessionId, onShowSame } = props;
  const { tree, edits, whyNot, value, actions, view } = editing;
  const { watched } = inspector.store.getState();
  const isEmpty = watched?.areKeysKnown === true && watched.totalKeys + tree.part.rows.length === 0;
  const keys = isEmpty ? (
    <div className="empty">
      <p>
        <strong>{texts.noKeys}</strong> {texts.noKeysHint}
      </p>
    </div>
  ) : (
    <SessionTree
      {...{ inspector, matches, onNotice }}
      part={tree.part}
      activeId={tree.activeId}
      revealed={tree.revealed}
      onActivate={editing.activate}
      onToggle={tree.toggle}
      keys={editing.keys}
    />
  );
  const panes: Pane[] = [{ id: 'keys', label: texts.keysPane, minSize: '84px', content: keys }];
  if (value && actions) {
    const shown = { inspector, edits, sessionId, whyNot, value, view, actions, onShowSame };
    const content = <ValuePane {...shown} onView={editing.setView} onNotice={onNotice} />;
    // Below the tree it has much above its text, so it gets more of the room.
    const room = { kind: 'share', share: isBeside ? 1 : 1.5 } as const;
    panes.push({ id: 'value', label: texts.valuePane, minSize: '120px', room, content });
  }
  return panes;
}

/** Whether the changes are shown one by one, in the place of the tree; without any they are not. */
function useReview(edits: SessionEdits, sessionId: string) {
  const [isWanted, setWanted] = useState(false);
  const hasEdits = useStore(edits.store, () => edits.of(sessionId).edits.size > 0);
  if (isWanted && !hasEdits) setWanted(false);
  return { isOpen: isWanted && hasEdits, toggle: () => setWanted(!isWanted) };
}

/** Chooses another session and shows both. */
function useCompare(props: Omit<ComponentProps<typeof CompareView>, 'other' | 'onClose'>) {
  const [other, setOther] = useState<SessionSummary>();
  const [isChoosing, setChoosing] = useState(false);
  const view = other && (
    <CompareView key={other.id} {...props} other={other} onClose={() => setOther(undefined)} />
  );
  const dialog = isChoosing && (
    <ChooseSession
      inspector={props.inspector}
      exceptId={props.sessionId}
      onChoose={setOther}
      onClose={() => setChoosing(false)}
    />
  );
  return { view, dialog, choose: () => setChoosing(true) };
}

/** Rows whose parents are opened, so that they are seen. */
const maxOpened = 200;

/** What the path box has found, and the rows of it. */
function usePaths(
  inspector: Inspector,
  sessionId: string,
  openTo: (ids: readonly string[]) => void,
) {
  const { finder, search } = usePathFinder(inspector, sessionId);
  const { text, places } = search;
  const ids = useMemo(() => places.map(rowOfPlace), [places]);
  const opened = useRef('');
  useEffect(() => {
    // Once for each path: what a person closes afterwards stays closed.
    if (opened.current === text || ids.length === 0) return;
    opened.current = text;
    openTo(ids.slice(0, maxOpened));
  }, [text, ids, openTo]);
  const matches = useMemo(() => new Set(ids), [ids]);
  return { finder, search, matches };
}

interface AddKeyButtonProps {
  readonly whyNot: string | undefined;
  readonly parts: EditingParts;
}

function AddKeyButton({ whyNot, parts }: AddKeyButtonProps) {
  return (
    <Button
      look="quiet"
      disabled={whyNot !== undefined}
      title={whyNot}
      onClick={() => addKey(parts)}
    >
      <Plus size={14} aria-hidden />
      {texts.addKey}
    </Button>
  );
}

/** Which value is chosen, how it is shown, and what can be done with it. */
function useEditing(inspector: Inspector, sessionId: string, root: RefObject<HTMLElement | null>) {
  const edits = editsOf(inspector);
  const tree = useSessionTree(inspector, edits, sessionId);
  const whyNot = useWhyNot(inspector, 'change');
  const [view, setView] = useState<ValueView>('raw');
  const [question, setQuestion] = useState<NameQuestion>();
  const activate = (id: string) => {
    if (id === tree.activeId) return;
    tree.setActiveId(id);
    // The next value is shown first; only an editor that was opened takes the focus.
    if (view === 'edit') setView('raw');
  };
  const show = (id: string, how?: 'edit') => {
    tree.reveal(id);
    if (how) setView(how);
  };
  const parts: EditingParts = { edits, sessionId, ask: setQuestion, show };
  const row = tree.part.rows.find(({ id }) => id === tree.activeId);
  const value = row && shownValue(row, tree.keys);
  const focusTree = () =>
    root.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
  const actions = value && actionsOf(value, parts, focusTree);
  const mayEdit = actions !== undefined && whyNot === undefined;
  const keys = mayEdit ? keysOf(actions, row, () => setView('edit')) : {};
  const dialog = question && (
    <NameDialog question={question} onClose={() => setQuestion(undefined)} />
  );
  const shown = { value, actions, view, setView };
  return { tree, edits, whyNot, parts, keys, activate, dialog, focusTree, ...shown };
}
