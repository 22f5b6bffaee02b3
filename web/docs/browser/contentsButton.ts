/** On a phone the contents are behind a button. Without this script they stand above the text. */
export function offerContents(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-contents]');
  const contents = document.getElementById('contents');
  if (!button || !contents) return;
  showCurrent(contents);
  const show = (isOpen: boolean) => {
    button.setAttribute('aria-expanded', String(isOpen));
    contents.classList.toggle('is-open', isOpen);
  };
  button.hidden = false;
  contents.classList.add('is-foldable');
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') === 'false'));
  contents.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    show(false);
    button.focus();
  });
}

/** The list is longer than most windows are high. */
function showCurrent(contents: HTMLElement): void {
  const current = contents.querySelector<HTMLElement>('[aria-current]');
  if (current) contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
}
