/** As JSON writes a number. */
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number that a JavaScript number cannot hold, such as 14247375118774737462 or 1e400: every digit is kept.
 * It can be stored as it is.
 */
export class ExactNumber {
  /** As it is written in JSON. */
  readonly text: string;

  /** @throws {RangeError} when the text is no JSON number. */
  constructor(text: string) {
    if (!numberText.test(text)) throw new RangeError(`Not a JSON number: ${text.slice(0, 40)}`);
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/**
 * What stands for numbers that a JavaScript number cannot hold: `text`: an {@link ExactNumber}; `bigint`: for whole
 * ones a bigint, for others an ExactNumber; `number`: nothing, reading one is a ValueError.
 */
export type NumberForm = 'text' | 'bigint' | 'number';

/** Longer ones take long to convert. */
const maxBigIntDigits = 1000;

/** A number in one of the forms that keep all digits. */
export function keptNumber(written: string, form: 'text' | 'bigint'): bigint | ExactNumber {
  const isWhole = form === 'bigint' && written.length <= maxBigIntDigits && /^-?\d+$/.test(written);
  return isWhole ? BigInt(written) : new ExactNumber(written);
}
