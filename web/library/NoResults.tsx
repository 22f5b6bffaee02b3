import { Button } from '../ui/Button.tsx';
import { texts } from './texts.ts';

/** In the place of a list in which nothing was found. */
export function NoResults({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <div className="empty">
      <p>{texts.noMatch}</p>
      <Button onClick={onShowAll}>{texts.showAll}</Button>
    </div>
  );
}
