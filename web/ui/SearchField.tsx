import type { ComponentProps, ReactNode } from 'react';
import { Search } from './firstIcons.tsx';

type NativeInput = Omit<
  ComponentProps<'input'>,
  'aria-label' | 'className' | 'onChange' | 'type' | 'value'
>;

interface SearchFieldProps extends NativeInput {
  /** Accessible name, and what stands in the empty field if nothing else is given for that. */
  readonly label: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** Buttons inside, at its end. */
  readonly children?: ReactNode;
}

/** A field to search or filter with: the same one above every list. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder = label, search, onSearch, children, ...rest } = props;
  return (
    <div className="field-box">
      <Search size={14} />
      <input
        className="field"
        type="search"
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={search}
        onChange={(event) => onSearch(event.target.value)}
        {...rest}
      />
      {children}
    </div>
  );
}
