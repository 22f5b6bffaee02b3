import { ArrowLeft, CornerDownLeft } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { referenceOf } from '../../protocol/commands/reference.ts';
import { templateOf, type Template } from '../../protocol/wire/template.ts';
import { Button } from '../ui/Button.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import { MemberList } from './MemberList.tsx';
import { texts } from './texts.ts';
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
        <ArrowLeft size={14} aria-hidden /> {texts.allCommands}
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
        <Button look="primary" onClick={insert} title={texts.insertHelp}>
          <CornerDownLeft size={14} aria-hidden /> {texts.insert}
        </Button>
        <p role="status">{isInserted && texts.inserted(name)}</p>
      </div>
      <Part title={texts.parameters}>
        {params.length === 0 ? (
          <p className="reference-more">{texts.noParameters}</p>
        ) : (
          <MemberList members={params} optionalWord={texts.optional} isRequest />
        )}
      </Part>
      <Part title={texts.reply}>
        {example.reply === undefined && <p className="reference-more">{texts.noReply}</p>}
        <MemberList members={reply} optionalWord={texts.sometimes} />
      </Part>
      <Part title={texts.statuses}>
        <StatusList statuses={statuses} />
      </Part>
      <Part title={texts.example}>
        <Example caption={texts.exampleRequest} json={example.request} />
        {example.reply !== undefined && (
          <Example caption={texts.exampleReply} json={example.reply} />
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
