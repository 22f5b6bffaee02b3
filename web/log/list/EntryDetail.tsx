import { Code, Download } from 'lucide-react';
import { useStore } from 'zustand';
import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { IconButton } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { lateView } from '../../ui/late.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { Excerpt, ExplanationBox, Explanations } from '../payload/Explanations.tsx';
import type { Explanation } from '../payload/explainReply.ts';
import { noFates, type KeyFates } from '../payload/keyMarks.ts';
import { viewStateOf } from './logViewState.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { PlainPayload, type PlainPayloadProps } from '../payload/PlainPayload.tsx';
import {
  maxFormattedLength,
  usePayload,
  type Payload,
  type PayloadView,
} from '../payload/usePayload.ts';
import { saveMessage } from './saveMessage.ts';
import './EntryDetail.css';

const PayloadTree = lateView(async () => (await import('../payload/PayloadTree.tsx')).PayloadTree);
const PayloadTable = lateView(
  async () => (await import('../payload/PayloadTable.tsx')).PayloadTable,
);
const HexView = lateView(async () => (await import('../payload/HexView.tsx')).HexView);

/** What can be done with an unfolded message. */
export interface DetailActions {
  readonly goToRequest: (entry: ReceivedEntry) => void;
  /** Shows a message as a program. */
  readonly showCode: (entry: SentEntry) => void;
}

interface EntryDetailProps {
  readonly log: MessageLog;
  readonly entry: SentEntry | ReceivedEntry;
  readonly actions: DetailActions;
}

/** An unfolded message: an explanation of failures, and its payload. */
export function EntryDetail({ log, entry, actions }: EntryDetailProps) {
  const request = requestOf(entry, log);
  return (
    <div className="log-detail">
      {entry.kind === 'received' && <ReplyFacts entry={entry} request={request} />}
      <MessagePayload
        log={log}
        entry={entry}
        actions={actions}
        fates={noFates}
        hasRequest={request !== undefined}
      />
    </div>
  );
}

interface MessagePayloadProps extends EntryDetailProps {
  /** What became of the keys that it names. */
  readonly fates: KeyFates;
  /** What it got wrong. */
  readonly explained?: readonly Explanation[];
  /** The request that it answers is in another row. */
  readonly hasRequest?: boolean;
}

/** The payload of a message: formatted, as a tree or table, raw or in hex. */
export function MessagePayload(props: MessagePayloadProps) {
  const { log, entry, actions, fates, explained = nothingExplained, hasRequest = false } = props;
  const payload = usePayload(entry);
  const viewState = viewStateOf(log);
  const chosen = useStore(viewState.store, (view) => view.payloadViews.get(entry.id));
  const view = chosen ?? payload.views[0];
  const text = view === 'pretty' ? payload.laidOut : entry.text;
  const isInPlace = isPlain(view) && text.length <= maxFormattedLength;
  return (
    <>
      {!isInPlace &&
        explained.map((explanation) => (
          <ExplanationBox key={explanation.status} explanation={explanation}>
            {explanation.fault && <Excerpt fault={explanation.fault} />}
          </ExplanationBox>
        ))}
      <div className="log-detail-tools">
        <ViewChoice
          views={payload.views}
          view={view}
          onChoose={(next) => viewState.choosePayloadView(entry.id, next)}
        />
        <span className="spring" />
        <Tools
          entry={entry}
          copied={view === 'hex' ? undefined : text}
          hasRequest={hasRequest}
          actions={actions}
        />
      </div>
      <PayloadBody
        log={log}
        entry={entry}
        view={view}
        payload={payload}
        explained={isInPlace ? explained : nothingExplained}
        fates={isInPlace ? fates : noFates}
      />
    </>
  );
}

interface PayloadBodyProps extends Pick<
  PlainPayloadProps,
  'log' | 'entry' | 'explained' | 'fates'
> {
  readonly view: PayloadView;
  readonly payload: Payload;
}

function PayloadBody({ view, payload, ...plain }: PayloadBodyProps) {
  const { entry } = plain;
  switch (view) {
    case 'tree':
      return <PayloadTree text={entry.text} />;
    case 'table':
      return <PayloadTable tables={payload.tables} />;
    case 'hex':
      return <HexView bytes={entry.binary ?? noBytes} />;
    case 'pretty':
    case 'raw':
      return (
        <PlainPayload
          key={view}
          {...plain}
          text={view === 'pretty' ? payload.laidOut : entry.text}
        />
      );
  }
}

const nothingExplained: readonly Explanation[] = [];

/** What a reply answers, if the log still has it. */
function requestOf(entry: Entry, log: MessageLog): Entry | undefined {
  if (entry.kind !== 'received' || entry.requestId === undefined) return undefined;
  return log.find(entry.requestId);
}

function isPlain(view: PayloadView): boolean {
  return view === 'pretty' || view === 'raw';
}

const noBytes = new Uint8Array();

const viewLabels: Readonly<Record<PayloadView, string>> = {
  pretty: texts.pretty,
  tree: texts.tree,
  table: texts.table,
  raw: texts.raw,
  hex: texts.hex,
};

interface ViewChoiceProps {
  readonly views: readonly PayloadView[];
  readonly view: PayloadView;
  readonly onChoose: (view: PayloadView) => void;
}

function ViewChoice({ views, view, onChoose }: ViewChoiceProps) {
  const ordered = views.toSorted((one, other) => viewOrder.indexOf(one) - viewOrder.indexOf(other));
  return (
    <Segments
      label={texts.view}
      segments={ordered.map((each) => ({ id: each, label: viewLabels[each] }))}
      chosen={view}
      onChoose={onChoose}
    />
  );
}

const viewOrder: readonly PayloadView[] = ['pretty', 'tree', 'table', 'raw', 'hex'];

interface ReplyFactsProps {
  readonly entry: ReceivedEntry;
  readonly request: Entry | undefined;
}

function ReplyFacts({ entry, request }: ReplyFactsProps) {
  return (
    <>
      <Explanations
        entry={entry}
        requestText={request?.kind === 'sent' ? request.text : undefined}
      />
      <Learned names={entry.learned} />
    </>
  );
}

interface ToolsProps {
  readonly entry: SentEntry | ReceivedEntry;
  /** What Copy takes; undefined where the view has its own copy. */
  readonly copied: string | undefined;
  readonly hasRequest: boolean;
  readonly actions: DetailActions;
}

function Tools({ entry, copied, hasRequest, actions }: ToolsProps) {
  return (
    <>
      {hasRequest && entry.kind === 'received' && (
        <button type="button" className="log-link" onClick={() => actions.goToRequest(entry)}>
          {texts.goToRequest}
        </button>
      )}
      {entry.kind === 'sent' && !entry.binary && (
        <IconButton
          label={texts.code}
          icon={<Code size={14} />}
          onClick={() => actions.showCode(entry)}
        />
      )}
      {copied !== undefined && <CopyButton label={texts.copyPayload} text={copied} />}
      <IconButton
        label={texts.save}
        icon={<Download size={14} />}
        onClick={() => saveMessage(entry)}
      />
    </>
  );
}

/** Variables that a reply filled. */
export function Learned({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p className="log-learned">
      {texts.tokenKept}{' '}
      {names.map((name) => (
        <code key={name} className="chip is-accent" translate="no">{`{{${name}}}`}</code>
      ))}
    </p>
  );
}
