import { X } from 'lucide-react';
import { readJson } from '../../../protocol/json/readJson.ts';
import { visibleJson } from '../../../protocol/text/visibleText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatBytes, formatTime } from '../../ui/format.ts';
import { JsonView } from '../../ui/JsonView.tsx';
import { useWhyNot } from '../access/allowed.ts';
import { Status } from './CommandList.tsx';
import type { CommandsProps } from './commandsProps.ts';
import type { ShownCommand } from './shownCommand.ts';
import { noFilter } from './streamFilter.ts';
import { texts } from './texts.ts';
import { formatUs } from '../figureWords.ts';

interface CommandDetailProps extends CommandsProps {
  readonly command: ShownCommand;
  readonly onClose: () => void;
}

/** A command whole: its request, its reply, and where it came from. */
export function CommandDetail(props: CommandDetailProps) {
  const { command, feed, onOpenSession, onClose } = props;
  const whyNoValues = useWhyNot(props.inspector, 'values');
  const { session, connection, server = '' } = command;
  const name = command.command ?? texts.unnamed;
  const whyNot = whyNoValues ?? (command.command === undefined ? texts.notShown : undefined);
  return (
    <section className="command-detail" aria-label={name}>
      <div className="command-detail-head">
        <h3 translate="no">{name}</h3>
        <Status code={command.status} />
        <span className="command-note">
          {formatUs(command.durationUs)} · <span translate="no">{formatTime(command.atMs)}</span>
        </span>
        <span className="spring" />
        <IconButton label={texts.close} icon={<X size={14} />} onClick={onClose} />
      </div>
      <div className="command-actions">
        {command.isConsole === true ? (
          <span className="chip">{texts.ofConsole}</span>
        ) : (
          <Button
            onClick={() => feed.start({ ...noFilter, connection: String(connection), server })}
          >
            {texts.onlyConnection(connection, command.server)}
          </Button>
        )}
        {session !== undefined && (
          <>
            <Button onClick={() => onOpenSession(session)}>{texts.openSession(session)}</Button>
            <Button onClick={() => feed.start({ ...noFilter, session })}>
              {texts.onlySession}
            </Button>
          </>
        )}
      </div>
      <MessageText
        title={texts.request}
        text={command.request}
        length={command.requestLength}
        whyNot={whyNot}
      />
      <MessageText
        title={texts.reply}
        text={command.reply}
        length={command.replyLength}
        whyNot={whyNot}
      />
    </section>
  );
}

interface MessageTextProps {
  readonly title: string;
  readonly text: string | undefined;
  readonly length: number;
  /** Why texts are not shown; undefined: only those that are too long. */
  readonly whyNot: string | undefined;
}

function MessageText({ title, text, length, whyNot }: MessageTextProps) {
  return (
    <div className="command-message">
      <h4>
        {title} <span className="command-note">{formatBytes(length)}</span>
        {text !== undefined && <CopyButton label={texts.copy(title)} text={text} />}
      </h4>
      {text === undefined ? (
        <p className="command-note">
          {length === 0 ? texts.silence : (whyNot ?? texts.tooLong(length))}
        </p>
      ) : (
        <>
          <JsonView text={visibleJson(text)} />
          {!readJson(text).ok && <p className="command-note">{texts.beginning(length)}</p>}
        </>
      )}
    </div>
  );
}
