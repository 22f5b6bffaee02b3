import { useEffect } from 'react';
import { useStore } from 'zustand';
import { FaultBoundary, late, useLate } from '../ui/late.tsx';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Actions } from './actions.ts';
import type { Console } from './createConsole.ts';
import type { Shell, ShellDialog } from './shellStore.ts';

interface OverlaysProps {
  readonly parts: Console;
  readonly actions: Actions;
}

/** The dialog that lies over the page, if one does. */
export function Overlays(props: OverlaysProps) {
  const dialog = useStore(props.parts.shell.store, (view) => view.dialog);
  if (!dialog) return null;
  return (
    <FaultBoundary key={dialog.kind}>
      <LateDialog {...props} dialog={dialog} />
    </FaultBoundary>
  );
}

const load = late(() => import('./ShellDialog.tsx'));

function LateDialog(props: OverlaysProps & { readonly dialog: ShellDialog }) {
  const loaded = useLate(load);
  if (loaded.state === 'ready') return <loaded.value.ShellDialog {...props} />;
  return loaded.state === 'failed' ? <NotLoaded shell={props.parts.shell} /> : null;
}

/** Where the dialogs could not be loaded: says so, and the next press tries again. */
function NotLoaded({ shell }: { readonly shell: Shell }) {
  useEffect(() => {
    shell.closeDialog();
    shell.tell(texts.notLoaded);
  }, [shell]);
  return null;
}
