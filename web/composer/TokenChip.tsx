import { ChevronDown } from 'lucide-react';
import { maskToken } from '../../protocol/token.ts';
import { substitute } from '../connection/page/substitute.ts';
import { sessionOfToken, variableOfSession } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import { copyText } from '../ui/copyText.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { uiTexts } from '../ui/uiTexts.ts';
import type { Draft } from './draft.ts';
import type { LiveSession, LiveSources } from './liveSources.ts';
import { MaskedValue } from './MaskedValue.tsx';
import { offeredSessions } from './offeredSessions.ts';
import { renamePlaceholder } from './renamePlaceholder.ts';
import { texts } from './texts.ts';

interface TokenChipProps {
  readonly name: string;
  readonly value: string;
  readonly variables: Variables;
  readonly draft: Draft;
  readonly sources: LiveSources;
  /** Says what was done, where nothing else shows it. */
  readonly onNotice: (text: string) => void;
}

/** A variable that holds a token, and what can be done with it. */
export function TokenChip(props: TokenChipProps) {
  const { name, value, variables, draft, sources } = props;
  const setText = (text: string) => draft.setText(text);
  const run: Readonly<Record<string, () => void>> = {
    show: () => void show(props),
    literal: () => setText(substitute(textOf(draft), new Map([[name, value]])).text),
    copy: () =>
      void copyText(value).then((isCopied) =>
        props.onNotice(isCopied ? uiTexts.copied : uiTexts.copyRefused),
      ),
  };
  const pick = (id: string) => {
    const session = sources.sessions().find((each) => each.id === id);
    if (session) void choose(session, props);
    else run[id]?.();
  };
  return (
    <Menu
      isIconOnly
      label={texts.sessionOf(name)}
      icon={
        <>
          <code translate="no">{`{{${name}}}`}</code>{' '}
          <MaskedValue name={name} value={value} variables={variables} />
          <ChevronDown size={12} aria-hidden />
        </>
      }
      items={() => itemsOf(props)}
      onPick={pick}
    />
  );
}

function itemsOf(props: TokenChipProps): readonly MenuItem<string>[] {
  const current = sessionOf(props);
  const others = offeredSessions(
    props.name,
    props.sources.sessions().filter(({ id }) => id !== current?.id),
  );
  const own = { group: texts.thisToken, isPlain: true };
  return [
    ...(current || props.sources.hasOlder()
      ? [{ ...own, id: 'show', label: texts.showInSessions }]
      : []),
    { ...own, id: 'literal', label: texts.replaceByToken },
    { ...own, id: 'copy', label: texts.copyToken },
    ...others.map(({ id, name: label, maskedToken: hint }) => ({
      group: texts.anotherSession,
      id,
      label,
      hint,
    })),
  ];
}

/** Found by what the page knows of it: its name, if it does, and the end of the token. */
function sessionOf({ value, variables, sources }: TokenChipProps): LiveSession | undefined {
  const sessionName = sessionOfToken(value, variables);
  const masked = maskToken(value);
  return sources
    .sessions()
    .find(
      (each) =>
        each.maskedToken === masked && (sessionName === undefined || each.name === sessionName),
    );
}

async function show(props: TokenChipProps): Promise<void> {
  const { value, sources } = props;
  const session = sessionOf(props) ?? (await sources.sessionOf(value));
  if (session) sources.showSession(session);
  else props.onNotice(texts.noSessionOfToken);
}

/** `{{tkn}}` gets another token; a variable that is named after its session gives way to another. */
async function choose(session: LiveSession, { name, draft, sources }: TokenChipProps) {
  const variable = name === 'tkn' ? name : variableOfSession(session.name);
  if (!(await sources.learnToken(session, variable)) || variable === name) return;
  draft.setText(renamePlaceholder(textOf(draft), name, variable));
}

function textOf(draft: Draft): string {
  return draft.store.getState().text;
}
