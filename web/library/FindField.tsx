import { Button } from '../ui/Button.tsx';
import { texts } from './texts.ts';

interface FindFieldProps {
  readonly label: string;
  readonly search: string;
  readonly onFind: (search: string) => void;
}

/** Where a list is searched. */
export function FindField({ label, search, onFind }: FindFieldProps) {
  return (
    <div className="library-find">
      <input
        className="field"
        type="search"
        aria-label={label}
        placeholder={label}
        value={search}
        onChange={(event) => onFind(event.target.value)}
      />
    </div>
  );
}

/** In the place of a list in which nothing was found. */
export function NoResults({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <div className="empty">
      <p>{texts.noMatch}</p>
      <Button onClick={onShowAll}>{texts.showAll}</Button>
    </div>
  );
}
