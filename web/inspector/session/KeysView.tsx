import { Plus } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { Button } from '../../ui/Button.tsx';
import { SplitView, type Pane } from '../../ui/SplitView.tsx';
import { useBriefNotice } from '../../ui/useBriefNotice.ts';
import { useWhyNot } from '../access/allowed.ts';
import { EditsBar } from '../edit/EditsBar.tsx';
import { editsOf } from '../edit/sessionEdits.ts';
import type { Inspector } from '../inspector.ts';
import type { ShownServer } from '../viewProps.ts';
import { KeysHead } from './KeysHead.tsx';
import { rowOfKey } from './keyRows.ts';
import { NameDialog, type NameQuestion } from './NameDialog.tsx';
import { SessionTree } from './SessionTree.tsx';
import { texts } from './texts.ts';
import { useIsWide } from './useIsWide.ts';
import { useSessionTree } from './useSessionTree.ts';
import { actionsOf, keysOf, shownValue } from './rowActions.ts';
import { addKey, type EditingParts } from './valueActions.ts';
import { ValuePane, type ValueView } from './ValuePane.tsx';
import './Session.css';

interface KeysViewProps {
  readonly inspector: Inspector;
  readonly sessionId: string;
  readonly server: ShownServer;
  /** Puts a command for the session into the composer. */
  readonly onCompose: ((command: string) => void) | undefined;
}

/** From this width on the value stands beside the keys. */
const besidePx = 640;

/** The keys of the chosen session as a tree, the value that is chosen, and what waits to be saved. */
export function KeysView({ inspector, sessionId, server, onCompose }: KeysViewProps) {
  const root = useRef<HTMLDivElement>(null);
  const isBeside = useIsWide(root, besidePx);
  const [notice, showNotice] = useBriefNotice();
  const editing = useEditing(inspector, sessionId, root);
  const { tree, whyNot, parts, value, actions } = editing;
  const panes: Pane[] = [
    {
      id: 'keys',
      label: texts.keysPane,
      minSize: '84px',
      content: (
        <SessionTree
          {...{ inspector }}
          rows={tree.rows}
          activeId={tree.activeId}
          matches={noMatches}
          onActivate={editing.activate}
          onToggle={tree.toggle}
          keys={editing.keys}
          onNotice={showNotice}
        />
      ),
    },
  ];
  if (value && actions) {
    const content = (
      <ValuePane
        {...{ inspector, sessionId, whyNot, value, actions }}
        edits={editing.edits}
        view={editing.view}
        onView={editing.setView}
        onNotice={showNotice}
      />
    );
    panes.push({ id: 'value', label: texts.valuePane, minSize: '120px', content });
  }
  return (
    <div ref={root} className="keys-view">
      <KeysHead inspector={inspector} notice={notice}>
        <AddKeyButton {...{ whyNot, parts }} />
      </KeysHead>
      <div className="keys-split">
        <SplitView orientation={isBeside ? 'horizontal' : 'vertical'} panes={panes} />
      </div>
      <EditsBar
        {...{ inspector, sessionId, server, onCompose }}
        onShowKey={(key) => parts.show(rowOfKey(key))}
      />
      {editing.dialog}
    </div>
  );
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

const noMatches: ReadonlySet<string> = new Set();

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
  const row = tree.rows.find(({ id }) => id === tree.activeId);
  const value = row && shownValue(row, tree.keys);
  const focusTree = () =>
    root.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
  const actions = value && actionsOf(value, parts, focusTree);
  const mayEdit = actions !== undefined && whyNot === undefined;
  const keys = mayEdit ? keysOf(actions, row, () => setView('edit')) : {};
  const dialog = question && (
    <NameDialog question={question} onClose={() => setQuestion(undefined)} />
  );
  return { tree, edits, whyNot, parts, value, actions, keys, view, setView, activate, dialog };
}
