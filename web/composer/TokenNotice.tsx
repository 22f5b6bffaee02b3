import { Button } from '../ui/Button.tsx';
import { texts } from './texts.ts';
import type { DoubtfulToken } from './tokenRepair.ts';
import type { useTokenRepair } from './useTokenRepair.ts';

/** Tokens that came in by paste and are of no use here, and what was done about them. */
export function TokenNotice(props: ReturnType<typeof useTokenRepair>) {
  const { doubtful, repair } = props;
  const unknown = doubtful.filter(({ isUnknown }) => isUnknown);
  const bare = doubtful.find(({ isBare }) => isBare);
  if (doubtful.length === 0 && !repair) return null;
  if (doubtful.length === 0 && repair) {
    return (
      <div className="notice is-good token-notice" role="status">
        <span>{repair.kind === 'used' ? texts.didUse(repair.places) : texts.didQuote}</span>
        <Button onClick={props.undo}>{texts.undo}</Button>
      </div>
    );
  }
  return (
    <div className="notice is-warn token-notice" role="status">
      <span>
        {unknown.length > 0 && tellUnknown(unknown)} {bare && texts.bareToken(bare.token.length)}
      </span>
      {unknown.length > 0 && <Button onClick={props.useToken}>{texts.useToken}</Button>}
      {bare && <Button onClick={props.quoteToken}>{texts.quoteToken}</Button>}
      <Button look="quiet" onClick={props.keep}>
        {texts.keep}
      </Button>
    </div>
  );
}

function tellUnknown(unknown: readonly DoubtfulToken[]): string {
  const [first] = unknown;
  return unknown.length === 1 && first
    ? texts.unknownToken(first.token)
    : texts.unknownTokens(unknown.length);
}
