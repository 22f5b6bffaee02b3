import type { MemberReference } from '../../protocol/commands/reference.ts';
import { texts } from './texts.ts';

interface MemberListProps {
  readonly members: readonly MemberReference[];
  /** Said of a member that can be missing. */
  readonly optionalWord: string;
  /** The members that must be there are marked as well. */
  readonly isRequest?: boolean;
}

/** Parameters, or members of a reply, each with those inside it. */
export function MemberList({ members, optionalWord, isRequest = false }: MemberListProps) {
  return (
    <ul className="reference-members">
      {members.map(({ name, label, isRequired, defaultText, description, members: inner }) => (
        <li key={name}>
          <p className="reference-member-head">
            <code translate="no">{name}</code>{' '}
            <span className="reference-type" data-content>
              {inner.length > 0 ? 'object' : label}
            </span>{' '}
            {isRequired && isRequest && <span className="chip is-accent">{texts.required}</span>}
            {!isRequired && <span className="chip">{optionalWord}</span>}
          </p>
          <p data-content>{description}</p>
          {defaultText !== '' && (
            <p className="reference-more">
              {texts.leftOut} <span data-content>{defaultText}.</span>
            </p>
          )}
          {inner.length > 0 && (
            <MemberList members={inner} optionalWord={optionalWord} isRequest={isRequest} />
          )}
        </li>
      ))}
    </ul>
  );
}
