import { useId, type ComponentProps, type FormEvent, type ReactNode } from 'react';
import './DialogForm.css';

interface DialogFormProps {
  /** @param valueOf What was written into the field of a name, without spaces around it. */
  readonly onSubmit: (valueOf: (name: string) => string) => void;
  /** The primary one last. */
  readonly buttons: ReactNode;
  /** A button that deletes stands apart. */
  readonly deletion?: ReactNode;
  readonly children: ReactNode;
}

/** What a small dialog asks: its fields, and the buttons below. */
export function DialogForm({ onSubmit, buttons, deletion, children }: DialogFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    onSubmit((name) => {
      const value = fields.get(name);
      return typeof value === 'string' ? value.trim() : '';
    });
  };
  return (
    <form className="dialog-body" onSubmit={submit}>
      {children}
      <div className="dialog-buttons">
        {deletion && (
          <>
            {deletion}
            <span className="spring" />
          </>
        )}
        {buttons}
      </div>
    </form>
  );
}

interface FormFieldProps {
  readonly id: string;
  readonly label: string;
  /** One line about what to write. */
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}

/** A field with its name above and what to know about it below. */
function FormField({ id, label, hint, children }: FormFieldProps) {
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

type FieldProps = Pick<FormFieldProps, 'label' | 'hint'>;

interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'className' | 'id'> {
  /** Offered while writing; anything else can be written as well. */
  readonly choices?: readonly string[];
}

/** Of a form: for one line. */
export function TextField({ label, hint, choices, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <FormField {...{ id, label, hint }}>
      <input
        id={id}
        className="field"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        list={choices && `${id}-choices`}
        {...input}
      />
      {choices && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} translate="no" value={choice}>
              {choice}
            </option>
          ))}
        </datalist>
      )}
    </FormField>
  );
}

/** Of a form: for several lines. */
export function TextAreaField({ label, hint, ...area }: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <FormField {...{ id, label, hint }}>
      <textarea
        id={id}
        className="field"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...area}
      />
    </FormField>
  );
}
