import { ArrowLeft, CornerDownLeft } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { referenceOf } from '../../protocol/commands/reference.ts';
import { templateOf, type Template } from '../../protocol/wire/template.ts';
import { Button } from '../ui/Button.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import { MemberList } from './MemberList.tsx';
import { messages } from './messages.ts';
import { StatusList } from './StatusList.tsx';

interface CommandDetailProps {
  readonly name: CommandName;
  /** It was chosen here, so the focus follows; not when the composer's cursor led to it. */
  readonly takesFocus: boolean;
  readonly onInsert: (template: Template) => void;
  readonly onBack: () => void;
}

/** Everything about one command. */
export function CommandDetail({ name, takesFocus, onInsert, onBack }: CommandDetailProps) {
  const { summary, description, facts, params, reply, statuses, example } = referenceOf(name);
  const heading = useRef<HTMLHeadingElement>(null);
  const [isInserted, setInserted] = useState(false);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const insert = () => {
    onInsert(templateOf(name));
    setInserted(true);
  };
  return (
    <article className="reference-command" aria-labelledby="reference-command-name">
      <Button look="quiet" onClick={onBack}>
        <ArrowLeft size={14} aria-hidden /> {messages.allCommands}
      </Button>
      <h3 id="reference-command-name" ref={heading} tabIndex={-1} translate="no">
        {name}
      </h3>
      <div data-content>
        <p className="reference-summary">{summary}</p>
        <p>{description}</p>
        <ul className="reference-facts">
          {facts.map((fact) => (
            <li key={fact} className="chip">
              {fact}
            </li>
          ))}
        </ul>
      </div>
      <div className="reference-insert">
        <Button look="primary" onClick={insert} title={messages.insertHelp}>
          <CornerDownLeft size={14} aria-hidden /> {messages.insert}
        </Button>
        <p role="status">{isInserted && messages.inserted(name)}</p>
      </div>
      <Part title={messages.parameters}>
        {params.length === 0 ? (
          <p className="reference-more">{messages.noParameters}</p>
        ) : (
          <MemberList members={params} optionalWord={messages.optional} isRequest />
        )}
      </Part>
      <Part title={messages.reply}>
        {example.reply === undefined && <p className="reference-more">{messages.noReply}</p>}
        <MemberList members={reply} optionalWord={messages.sometimes} />
      </Part>
      <Part title={messages.statuses}>
        <StatusList statuses={statuses} />
      </Part>
      <Part title={messages.example}>
        <Example caption={messages.exampleRequest} json={example.request} />
        {example.reply !== undefined && (
          <Example caption={messages.exampleReply} json={example.reply} />
        )}
      </Part>
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="reference-part" aria-label={title}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

function Example({ caption, json }: { readonly caption: string; readonly json: string }) {
  return (
    <figure>
      <figcaption className="reference-more">{caption}</figcaption>
      <div className="reference-example" translate="no">
        <JsonView text={json} />
      </div>
    </figure>
  );
}
