import { X } from 'lucide-react';
import { maxReasonLength } from '../../../protocol/inspection/requests.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { TextField } from '../../ui/DialogForm.tsx';
import { formatBytes, formatMoment } from '../../ui/format.ts';
import { useBriefNotice } from '../../ui/useBriefNotice.ts';
import { useWhyNot } from '../access/allowed.ts';
import { useConfirm } from '../access/useConfirm.tsx';
import type { ViewProps } from '../viewProps.ts';
import type { ClientList, ClientRow } from './clientList.ts';
import { texts } from './texts.ts';

interface ClientDetailProps extends ViewProps {
  readonly client: ClientRow;
  /** Absent: there is only one. */
  readonly serverName: string | undefined;
  readonly list: ClientList;
  readonly onClose: () => void;
}

/** The chosen connection, and what can be done about it. */
export function ClientDetail({ client, serverName, list, ...props }: ClientDetailProps) {
  const { inspector, server, onShowCommands } = props;
  const { connection, address = texts.hasGone } = client;
  const number = texts.numberOn(connection, serverName);
  const whyNot = useWhyNot(inspector, 'cut');
  const { confirm, dialog } = useConfirm(server);
  const [notice, setNotice] = useBriefNotice();
  const askToCut = () =>
    confirm({
      reach: 'session',
      title: texts.cutTitle(number),
      text: texts.cutWhat(address),
      fields: (
        <TextField
          name="reason"
          label={texts.cutReason}
          hint={texts.cutReasonHint(maxReasonLength)}
          maxLength={maxReasonLength}
          autoComplete="off"
        />
      ),
      count: 1,
      action: texts.cutNow,
      run: (valueOf) => {
        if (!list.cut(client, valueOf('reason'))) setNotice(texts.notAsked);
      },
    });
  return (
    <section className="client-detail" aria-label={texts.chosen(number)}>
      <div className="client-detail-head">
        <h3>{texts.chosen(number)}</h3>
        <IconButton label={texts.close} icon={<X size={14} />} onClick={props.onClose} />
      </div>
      <dl>
        <Fact name={texts.address} value={address} />
        <Fact name={texts.connectedAt} value={formatMoment(client.openedAtMs)} />
        <Fact name={texts.inFlight} value={texts.requestsIn(client.inFlight, client.waiting)} />
        <Fact name={texts.queued} value={formatBytes(client.queuedBytes)} />
      </dl>
      <p className="client-note">{texts.commandsSince(client.commands)}</p>
      <div className="client-actions">
        <Button
          onClick={() =>
            onShowCommands({ connection: String(connection), server: serverName ?? '' })
          }
        >
          {texts.showCommands}
        </Button>
        <Button look="danger" disabled={whyNot !== undefined} title={whyNot} onClick={askToCut}>
          {texts.cut}
        </Button>
        <span role="status">{notice}</span>
      </div>
      {dialog}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd translate="no">{value}</dd>
    </div>
  );
}
