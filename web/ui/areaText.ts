/** Replaces the text of a text area as one step that can be undone, where a person is in it. */
export function replaceText(area: HTMLTextAreaElement, text: string): void {
  if (document.activeElement === area) {
    area.select();
    // Nothing else enters what a page writes into the undo history of a text area.
    const isDone =
      text === ''
        ? document.execCommand('delete')
        : document.execCommand('insertText', false, text);
    if (isDone && area.value === text) return;
  }
  area.value = text;
}

/** Whether the cursor is on the first or last row as it is shown: a long line has several. */
export function isOnRow(area: HTMLTextAreaElement, edge: 'top' | 'bottom'): boolean {
  const { value, selectionStart: at } = area;
  const isOnLine = edge === 'top' ? !value.slice(0, at).includes('\n') : !value.includes('\n', at);
  if (!isOnLine) return false;
  const [before, whole] = heightsOf(area, [value.slice(0, at), edge === 'top' ? '' : value]);
  return before === whole;
}

/** How high texts would be in this area. */
function heightsOf(area: HTMLTextAreaElement, texts: readonly string[]): readonly number[] {
  const probe = document.createElement('textarea');
  probe.className = area.className;
  probe.ariaHidden = 'true';
  const width = `${area.clientWidth}px`;
  Object.assign(probe.style, { position: 'absolute', visibility: 'hidden', overflow: 'hidden' });
  Object.assign(probe.style, { width, height: '0', minHeight: '0', flex: 'none' });
  area.after(probe);
  const heights = texts.map((text) => {
    probe.value = text;
    return probe.scrollHeight;
  });
  probe.remove();
  return heights;
}
