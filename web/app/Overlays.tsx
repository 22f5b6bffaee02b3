import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useLoaded } from '../ui/useLoaded.ts';
import type { Actions } from './actions.ts';
import type { Console } from './createConsole.ts';
import { loadingMessages } from './loadingMessages.ts';
import type { Shell, ShellDialog } from './shellStore.ts';

interface OverlaysProps {
  readonly parts: Console;
  readonly actions: Actions;
}

/** The dialog that lies over the page, if one does. */
export function Overlays(props: OverlaysProps) {
  const dialog = useStore(props.parts.shell.store, (view) => view.dialog);
  return dialog ? <FetchedDialog {...props} dialog={dialog} /> : null;
}

const load = () => import('./ShellDialog.tsx');

function FetchedDialog(props: OverlaysProps & { readonly dialog: ShellDialog }) {
  const loaded = useLoaded(load);
  if (loaded.state === 'ready') return <loaded.value.ShellDialog {...props} />;
  return loaded.state === 'failed' ? <Unfetched shell={props.parts.shell} /> : null;
}

/** Where the dialogs could not be fetched: says so, and the next press tries again. */
function Unfetched({ shell }: { readonly shell: Shell }) {
  useEffect(() => {
    shell.closeDialog();
    shell.tell(`${loadingMessages.failed} ${loadingMessages.failedWhy}`);
  }, [shell]);
  return null;
}
