import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { texts } from './texts.ts';

interface VariableFormProps {
  /** Of the variable that is edited; undefined to add one. */
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly onSubmit: (name: string, value: string) => void;
}

/** What can stand between braces and in a JSON string. */
const goodName = /^[^{}"\\\p{Cc}]+$/u;

/** Adds a variable, or changes one. */
export function VariableForm({ name, value, onSubmit }: VariableFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [isBad, setBad] = useState(false);
  const isEdit = name !== undefined;
  useEffect(() => {
    if (isEdit) form.current?.querySelector<HTMLInputElement>('[name=value]')?.select();
  }, [isEdit]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const newName = textOf(fields.get('name')).trim();
    setBad(!goodName.test(newName));
    if (!goodName.test(newName)) return;
    onSubmit(newName, textOf(fields.get('value')));
    event.currentTarget.reset();
  };
  return (
    <form ref={form} className="variable-form" onSubmit={submit} autoComplete="off" translate="no">
      <label htmlFor={`${id}name`}>{texts.name}</label>
      <input
        id={`${id}name`}
        name="name"
        className="field"
        defaultValue={name}
        spellCheck={false}
        aria-invalid={isBad}
        aria-describedby={isBad ? `${id}bad` : undefined}
        required
      />
      <label htmlFor={`${id}value`}>{texts.value}</label>
      <input
        id={`${id}value`}
        name="value"
        className="field"
        defaultValue={value}
        spellCheck={false}
      />
      {isBad && (
        <p id={`${id}bad`} className="variable-bad" role="alert">
          {texts.badName}
        </p>
      )}
      <Button type="submit">{isEdit ? texts.saveVariable : texts.addVariable}</Button>
    </form>
  );
}

function textOf(field: FormDataEntryValue | null): string {
  return typeof field === 'string' ? field : '';
}
