import type { Page } from '@playwright/test';

/**
 * How the components on the page look, as text: for each kind of element in a specimen its colours,
 * lines, corners, letters and spaces. The browser computes them from the style sheets alone, so the text
 * is the same on every machine.
 */
export function looksOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const hex = (colour: string) =>
      colour.replaceAll(/rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)/g, (_all, ...parts) => {
        const [red, green, blue, alpha] = parts.map(Number);
        if (alpha === 0) return 'none';
        const digits = [red, green, blue].map((part) => (part ?? 0).toString(16).padStart(2, '0'));
        return `#${digits.join('')}${Number.isNaN(alpha) ? '' : `/${alpha}`}`;
      });
    const ofControls = new Set(['BUTTON', 'INPUT', 'SELECT']);

    const lookOf = (element: Element) => {
      const style = getComputedStyle(element);
      const all: Record<string, string> = {
        color: hex(style.color),
        background: hex(style.backgroundColor),
        border:
          style.borderTopWidth === '0px'
            ? 'none'
            : `${style.borderTopWidth} ${style.borderTopStyle} ${hex(style.borderTopColor)}`,
        radius: style.borderTopLeftRadius,
        padding: style.padding,
        gap: style.gap,
        font: `${style.fontWeight} ${style.fontSize}`,
        height: ofControls.has(element.tagName) ? style.height : 'auto',
        opacity: style.opacity,
        shadow: hex(style.boxShadow),
      };
      const plain = ['none', '0px', 'normal', 'auto', '1'];
      return Object.entries(all)
        .filter(([, value]) => !plain.includes(value))
        .map(([name, value]) => `${name} ${value}`)
        .join('; ');
    };

    const nameOf = (element: Element) => {
      const states = ['disabled', 'readonly', 'aria-pressed', 'aria-checked', 'aria-selected']
        .concat('aria-invalid', 'type')
        .filter((name) => element.hasAttribute(name))
        .map((name) => `[${name}=${element.getAttribute(name) ?? ''}]`);
      return [element.tagName.toLowerCase(), ...element.classList].join('.') + states.join('');
    };

    return [...document.querySelectorAll('.specimen')]
      .flatMap((specimen) => {
        const lines = [...specimen.querySelectorAll('.specimen-row *:not(svg *, option)')]
          .filter((element) => element.className !== '' || element.matches('label, kbd, input'))
          .map((element) => `${nameOf(element)}: ${lookOf(element)}`);
        return [`# ${specimen.getAttribute('aria-label') ?? ''}`, ...new Set(lines), ''];
      })
      .join('\n');
  });
}
