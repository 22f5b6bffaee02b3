import { copyText } from '../../ui/copyText.ts';
import { texts } from '../texts.ts';

/** How long a button says what came of it, in milliseconds. */
const shownMs = 2_000;

export function addCopyButtons(): void {
  for (const code of document.querySelectorAll('.prose-code')) {
    const text = code.textContent;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button docs-copy';
    button.textContent = texts.copy;
    // The change of its words is read out.
    button.ariaLive = 'polite';
    button.addEventListener('click', () => void copy(text, button));
    const frame = document.createElement('div');
    frame.className = 'docs-code';
    code.replaceWith(frame);
    frame.append(code, button);
  }
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  button.textContent = (await copyText(text)) ? texts.copied : texts.notCopied;
  window.setTimeout(() => (button.textContent = texts.copy), shownMs);
}
