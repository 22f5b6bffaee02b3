import type { Page } from '@playwright/test';

/** Paddings, margins and gaps that are no multiple of 4 px; up to 3 px are hairlines. */
export function gridFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const sides = ['Top', 'Right', 'Bottom', 'Left'];
    const names = [
      ...sides.map((side) => `padding${side}`),
      ...sides.map((side) => `margin${side}`),
      'rowGap',
      'columnGap',
    ];
    const isOff = (value: string) => {
      const size = Math.abs(Number.parseFloat(value));
      return value.endsWith('px') && size > 3 && size % 4 !== 0;
    };
    const isCentred = (element: Element, name: string) =>
      name.startsWith('margin') && element.matches('dialog, .components, .visually-hidden');
    const faults = [...document.querySelectorAll('#root :not(option)')].flatMap((element) => {
      const style = getComputedStyle(element);
      return names
        .map((name) => [
          name,
          style.getPropertyValue(name.replaceAll(/[A-Z]/g, '-$&').toLowerCase()),
        ])
        .filter(([name = '', value = '']) => isOff(value) && !isCentred(element, name))
        .map(([name, value]) => `${element.tagName}.${element.className}: ${name} ${value}`);
    });
    return [...new Set(faults)];
  });
}
