import { maskToken } from '../../protocol/token.ts';
import { sessionOfToken } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';

interface MaskedValueProps {
  readonly name: string;
  readonly value: string;
  readonly variables: Variables;
}

/** The end of a variable's value; for `{{tkn}}` also the name of its session. */
export function MaskedValue({ name, value, variables }: MaskedValueProps) {
  const session = name === 'tkn' ? sessionOfToken(value, variables) : undefined;
  return (
    <>
      {session !== undefined && (
        <>
          <bdi className="session-of-variable" translate="no">
            {session}
          </bdi>{' '}
        </>
      )}
      <span translate="no">{maskToken(value)}</span>
    </>
  );
}
