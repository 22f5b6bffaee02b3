/** What an export says of its origin. */
export interface ExportFacts {
  /** Address of the connection. */
  readonly url: string;
  /** Address of the page: `http://127.0.0.1:1987`. */
  readonly pageUrl: string;
  /** Version of the application. */
  readonly version: string;
  /** Variables of the connection, by name. `tkn` and `tkn:NAME` are tokens. */
  readonly variables: ReadonlyMap<string, string>;
}
