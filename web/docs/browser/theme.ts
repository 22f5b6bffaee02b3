/** The theme that was chosen in the console, else the system's; both are followed. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    const chosen = chosenTheme() ?? (dark.matches ? 'dark' : 'light');
    document.documentElement.dataset['theme'] = chosen;
  };
  show();
  dark.addEventListener('change', show);
  window.addEventListener('storage', show);
}

/** What the console keeps in this browser. @returns undefined for the system's. */
function chosenTheme(): 'light' | 'dark' | undefined {
  try {
    const [, theme] =
      /"theme":"(light|dark)"/.exec(localStorage.getItem('seshdeck.settings') ?? '') ?? [];
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    return undefined; // Storage is blocked.
  }
}
