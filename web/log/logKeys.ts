/** What a key means in the list of messages. */
export type ListAction =
  | {
      readonly do: 'move';
      readonly by: 'row' | 'page' | 'end';
      readonly step: -1 | 1;
      readonly extends: boolean;
    }
  | { readonly do: 'select' | 'selectAll' | 'clearSelection' }
  | { readonly do: 'copy' | 'edit' | 'resend' | 'save' | 'goToRequest' }
  | { readonly do: 'nextFailure'; readonly step: -1 | 1 }
  | { readonly do: 'undoClear' };

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const moves: Readonly<Record<string, { by: 'row' | 'page' | 'end'; step: -1 | 1 }>> = {
  ArrowDown: { by: 'row', step: 1 },
  ArrowUp: { by: 'row', step: -1 },
  PageDown: { by: 'page', step: 1 },
  PageUp: { by: 'page', step: -1 },
  End: { by: 'end', step: 1 },
  Home: { by: 'end', step: -1 },
};

const letters: Readonly<Record<string, ListAction>> = {
  ' ': { do: 'select' },
  Escape: { do: 'clearSelection' },
  c: { do: 'copy' },
  e: { do: 'edit' },
  r: { do: 'resend' },
  s: { do: 'save' },
  g: { do: 'goToRequest' },
};

/** @returns undefined for keys that mean nothing here and keep their own meaning. */
export function listActionOf(pressed: Pressed): ListAction | undefined {
  const { key, shiftKey } = pressed;
  if (pressed.altKey) return undefined;
  if (pressed.ctrlKey || pressed.metaKey) return actionWithControl(key.toLowerCase());
  const move = moves[key];
  if (move) return { do: 'move', ...move, extends: shiftKey };
  if (key === 'F8' || key.toLowerCase() === 'f')
    return { do: 'nextFailure', step: shiftKey ? -1 : 1 };
  return shiftKey ? undefined : letters[key];
}

function actionWithControl(key: string): ListAction | undefined {
  if (key === 'a') return { do: 'selectAll' };
  return key === 'z' ? { do: 'undoClear' } : undefined;
}
