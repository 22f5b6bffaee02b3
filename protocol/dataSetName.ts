import { dataSetNamePattern } from './dataSetNameRule.mjs';

declare const dataSetNameBrand: unique symbol;

/** Name of a data set, safe as the name of a directory (decisions D23, D43). */
export type DataSetName = string & { readonly [dataSetNameBrand]: true };

/** The only maker of a {@link DataSetName}. @returns undefined when the text is no plain name. */
export function asDataSetName(text: string): DataSetName | undefined {
  return dataSetNamePattern.test(text) ? (text as DataSetName) : undefined;
}
