const controls = 'input, textarea, select, button, [tabindex="0"]';
const notForText = /^(?:radio|checkbox|file|range|color|button|submit)$/;

/**
 * Puts the focus where a person begins: the first field to write in, with its text selected; else
 * the choice that is made, the primary button, or the first control.
 */
export function focusFirst(place: HTMLElement): void {
  const usable = [...place.querySelectorAll<HTMLElement>(controls)].filter(
    (control) => control.tabIndex >= 0 && !control.matches(':disabled'),
  );
  const field = usable.find(isField);
  const first =
    field ??
    usable.find((control) => control instanceof HTMLInputElement && control.checked) ??
    usable.find((control) => control.classList.contains('is-primary')) ??
    usable[0];
  first?.focus();
  if (isField(field)) field.select();
}

/** Whether a person can write in it. */
export function isField(
  control: Element | null | undefined,
): control is HTMLInputElement | HTMLTextAreaElement {
  if (control instanceof HTMLTextAreaElement) return !control.readOnly;
  return control instanceof HTMLInputElement && !control.readOnly && !notForText.test(control.type);
}
