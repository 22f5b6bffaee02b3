/** Whether the page is worked with a finger. A list keeps what held when the page was opened. */
const isTouch = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;

/** Height of a row in a long list that is not unfolded, its line below included. */
export const rowHeightPx = isTouch ? 44 : 28;

/** Height of a line in a tree of values. */
export const treeRowPx = isTouch ? 44 : 22;

// Styles of such rows follow these and no media query: the pointer can change while the page is open.
if (typeof document === 'object') {
  document.documentElement.style.setProperty('--list-row', `${rowHeightPx}px`);
  document.documentElement.style.setProperty('--tree-row', `${treeRowPx}px`);
}
