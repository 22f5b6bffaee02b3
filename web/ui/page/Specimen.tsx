import type { ReactNode } from 'react';

interface SpecimenProps {
  readonly name: string;
  /** With room for what opens below. */
  readonly isTall?: boolean;
  readonly children: ReactNode;
}

/** One kind of component with its states in a row. Tests record the looks of what is inside. */
export function Specimen({ name, isTall = false, children }: SpecimenProps) {
  return (
    <section className={isTall ? 'specimen is-tall' : 'specimen'} aria-label={name}>
      <h2>{name}</h2>
      <div className="specimen-row">{children}</div>
    </section>
  );
}
