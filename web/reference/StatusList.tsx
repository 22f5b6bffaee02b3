import type { StatusReference } from '../../protocol/commands/reference.ts';

/** Statuses with what they mean and what to do about them. */
export function StatusList({ statuses }: { readonly statuses: readonly StatusReference[] }) {
  return (
    <ul className="reference-members">
      {statuses.map(({ code, name, isSuccess, meaning, cause }) => (
        <li key={name}>
          <p className="reference-member-head" translate="no">
            <span className={isSuccess ? 'chip is-good' : 'chip'}>{code}</span> <code>{name}</code>
          </p>
          <p data-content>{meaning}.</p>
          <p className="reference-more" data-content>
            {cause}
          </p>
        </li>
      ))}
    </ul>
  );
}
