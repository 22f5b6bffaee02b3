/** Something that happened to a session. */
export type SessionChange =
  | { readonly kind: 'created'; readonly id: string }
  /** Its deadline was moved by a command. */
  | { readonly kind: 'extended'; readonly id: string }
  /** Ended by a command or by its deadline. */
  | { readonly kind: 'ended'; readonly id: string }
  /** These keys were stored. */
  | { readonly kind: 'stored'; readonly id: string; readonly keys: readonly string[] }
  /** These keys, which were there, were removed. */
  | { readonly kind: 'removed'; readonly id: string; readonly keys: readonly string[] }
  /** All keys went; with an expiry that restarts, the deadline is a new one. */
  | { readonly kind: 'cleared'; readonly id: string };
