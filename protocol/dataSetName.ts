declare const dataSetNameBrand: unique symbol;

/** Name of a data set, safe as the name of a directory (decisions D23, D43). */
export type DataSetName = string & { readonly [dataSetNameBrand]: true };

const plainName = /^[A-Za-z0-9_-][A-Za-z0-9 _.-]{0,127}$/;

/** The rule in words, for people. */
export const dataSetNameRule =
  '1 to 128 letters, digits, spaces, "_", "-" or ".", the first neither "." nor a space';

/** The only maker of a {@link DataSetName}. @returns undefined when the text is no plain name. */
export function asDataSetName(text: string): DataSetName | undefined {
  return plainName.test(text) ? (text as DataSetName) : undefined;
}
