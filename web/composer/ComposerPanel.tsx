import { Braces } from 'lucide-react';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { editorSchema } from '../../protocol/commands/editorSchema.ts';
import type { Connection } from '../connection/page/connection.ts';
import { Button } from '../ui/Button.tsx';
import { CodeEditor } from '../ui/CodeEditor.tsx';
import { keysInWord } from '../ui/keys.ts';
import { ComposerFooter } from './ComposerFooter.tsx';
import { SequenceBar } from './SequenceBar.tsx';
import { createSession } from './createSession.ts';
import type { Draft } from './draft.ts';
import { FaultNotice } from './FaultNotice.tsx';
import type { LiveSources } from './liveSources.ts';
import { sequenceOf } from './messageSequence.ts';
import { texts } from './texts.ts';
import { CodeButton } from './CodeButton.tsx';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import { SavedNotice, SaveMessageButton, useSaveMessage } from './SaveMessageButton.tsx';
import type { Saving } from './saving.ts';
import { SendButtons } from './SendButtons.tsx';
import { TemplateMenu } from './TemplateMenu.tsx';
import { TokenNotice } from './TokenNotice.tsx';
import { UnresolvedVariables } from './UnresolvedVariables.tsx';
import { useComposer, type Composer } from './useComposer.ts';
import { useTokenRepair } from './useTokenRepair.ts';
import { VariablesPanel } from './VariablesPanel.tsx';
import './ComposerPanel.css';

export interface ComposerPanelProps {
  /** Of the tab; keeps the undo histories of tabs apart. */
  readonly tabId: string;
  readonly draft: Draft;
  readonly connection: Connection;
  readonly theme: 'light' | 'dark';
  /** UTF-8 bytes that the server accepts in one message. */
  readonly maxPayloadBytes: number;
  /** What the server knows about sessions and keys. */
  readonly sources: LiveSources;
  /** What was sent last, newest first: a few. Absent: it is not known yet. */
  readonly recentCommands: (() => readonly CommandName[]) | undefined;
  readonly saving: Saving;
  /** Shows a message as a program. */
  readonly onCode: (message: WrittenMessage) => void;
  /** Shows a command in the reference. */
  readonly onReference: (name: CommandName) => void;
  /** Steps through what was sent. @returns False when there is nothing to step to. */
  readonly onRecall: (direction: 'older' | 'newer') => boolean;
}

const schema = editorSchema();
const placeholder = texts.placeholder(keysInWord({ codes: ['Enter'], name: 'Enter', mod: true }));
const plainNotices = { late: texts.editorLate, failed: texts.editorFailed };

/** Where messages are written and sent. */
export function ComposerPanel(props: ComposerPanelProps) {
  const { draft, connection, maxPayloadBytes } = props;
  const composer = useComposer(props);
  const tokenRepair = useTokenRepair(props);
  const savingMessage = useSaveMessage(draft, props.saving);
  const { text, fault } = composer;
  const variableActions = variableActionsOf(props, composer);
  return (
    <section className="panel composer" aria-label={texts.compose}>
      <div className="panel-head">
        <h2>{texts.compose}</h2>
        <TemplateMenu recent={props.recentCommands} onPick={composer.insertTemplate} />
        <span className="spring" />
        <Button look="quiet" onClick={composer.beautify} title={texts.beautifyHint}>
          <Braces size={14} aria-hidden />{' '}
          <span className="composer-button-label">{texts.beautify}</span>
        </Button>
        <VariablesPanel
          text={text}
          isLiteral={composer.isLiteral}
          variables={composer.variables}
          onForget={(name) => connection.variables.forget(name)}
          onLiteral={draft.setLiteral}
          {...variableActions}
        />
        <CodeButton draft={draft} onCode={props.onCode} />
        <SaveMessageButton draft={draft} saving={props.saving} savingMessage={savingMessage} />
      </div>
      <SavedNotice {...savingMessage} />
      <TokenNotice {...tokenRepair} />
      <MessageEditor {...props} composer={composer} />
      {fault && (
        <FaultNotice
          fault={fault}
          branch={composer.measure.branch}
          maxPayloadBytes={maxPayloadBytes}
          isConnected={composer.isConnected}
          onConnect={() => connection.connect()}
          onSendAnyway={composer.sendAnyway}
        >
          {fault.kind === 'unresolved' && (
            <UnresolvedVariables
              names={fault.names}
              lastSession={composer.lastSession}
              onSend={composer.send}
              {...variableActions}
            />
          )}
        </FaultNotice>
      )}
      <SequenceBar
        sequence={sequenceOf(draft)}
        total={composer.measure.messages}
        maxPayloadBytes={maxPayloadBytes}
        onResume={composer.resume}
      />
      <ComposerFooter {...{ draft, composer, maxPayloadBytes, sources: props.sources }}>
        <SendButtons
          sequence={sequenceOf(draft)}
          isConnected={composer.isConnected}
          onSend={composer.send}
        />
      </ComposerFooter>
    </section>
  );
}

/** The text that is being written. */
function MessageEditor(props: ComposerPanelProps & { readonly composer: Composer }) {
  const { draft, composer } = props;
  return (
    <div className="composer-editor">
      <CodeEditor
        label={texts.compose}
        documentId={props.tabId}
        text={composer.text}
        placeholder={placeholder}
        onChange={draft.typed}
        onCursor={draft.cursorMoved}
        onPaste={draft.pasted}
        onSubmit={composer.send}
        onLeave={(edge) => props.onRecall(edge === 'top' ? 'older' : 'newer')}
        selection={composer.selection}
        theme={props.theme}
        schema={schema}
        marks={composer.marks}
        gutter={composer.gutter}
        suggest={composer.suggest}
        explain={composer.explain}
        plainNotices={plainNotices}
      />
    </div>
  );
}

/** The ways to give a variable its value, and the one to do without. */
function variableActionsOf({ sources, connection }: ComposerPanelProps, composer: Composer) {
  return {
    sources,
    onSet: (name: string, value: string) => connection.variables.set(name, value),
    onCreate: (variable: string) => createSession(connection, variable),
    onKeepBraces: composer.keepBraces,
  };
}
