/** The outcome of something that may be refused. A refusal is a value; a throw is a bug. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | Refused<E>;

/** The unhappy half of a {@link Result}. */
export interface Refused<E> {
  readonly ok: false;
  readonly refusal: E;
}

/** Wraps a value as the happy half of a {@link Result}. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Wraps a refusal as the unhappy half of a {@link Result}. */
export function refused<E>(refusal: E): Refused<E> {
  return { ok: false, refusal };
}
