import { Fragment } from 'react';

/** A sentence with flags of the server in it: none is torn apart at its hyphens. */
export function FlagText({ text }: { readonly text: string }) {
  return text.split(/(--[\w-]+)/).map((part, index) =>
    part.startsWith('--') ? (
      <code key={index} className="flag" translate="no">
        {part}
      </code>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
