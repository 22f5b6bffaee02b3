import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { arrayRows } from '../../ui/virtualList/useVirtualList.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import { LiveGate } from '../LiveGate.tsx';
import { LiveTable, type TableSorting } from '../LiveTable.tsx';
import type { ViewProps } from '../viewProps.ts';
import { ClientDetail } from './ClientDetail.tsx';
import { clientColumns } from './clientColumns.tsx';
import { ClientList, type ClientRow, type ClientsState } from './clientList.ts';
import { sortClients } from './sortClients.ts';
import { texts } from './texts.ts';
import './ClientsView.css';

/** Who is connected to the data socket, live. */
export function ClientsView(props: ViewProps) {
  const { inspector, server } = props;
  const [list] = useState(() => new ClientList(inspector));
  useEffect(() => list.start(), [list]);
  return (
    <div className="clients-view">
      <LiveGate {...{ inspector, server }}>
        <Clients {...props} list={list} />
      </LiveGate>
    </div>
  );
}

function Clients({ list, ...props }: ViewProps & { readonly list: ClientList }) {
  const clients = useStore(list.store, (view) => view.clients);
  switch (clients.state) {
    case 'refused':
      return <RefusedNotice inspector={props.inspector} right={clients.right} />;
    case 'waiting':
      return (
        <div className="empty">
          <p>{texts.waiting}</p>
        </div>
      );
    case 'known':
      return <ClientTable {...props} {...clients} list={list} />;
  }
}

interface ClientTableProps extends ViewProps {
  readonly list: ClientList;
  readonly rows: readonly ClientRow[];
  readonly areOfSeveral: boolean;
}

function ClientTable({ list, rows, areOfSeveral, ...props }: ClientTableProps) {
  const [sorting, setSorting] = useState<TableSorting>({
    columnId: 'connection',
    isDescending: false,
  });
  const [openId, setOpenId] = useState<number>();
  const sorted = useMemo(() => sortClients(rows, sorting), [rows, sorting]);
  const open = rows.find(({ id }) => id === openId);
  const serverOf = ({ server }: ClientRow) => (areOfSeveral ? server : undefined);
  const onSort = (columnId: string) =>
    setSorting({
      columnId,
      isDescending: columnId === sorting.columnId && !sorting.isDescending,
    });
  if (rows.length === 0) {
    return (
      <>
        <CutNotice list={list} />
        <div className="empty">
          <p>
            <strong>{texts.none}</strong> {texts.noneHint}
          </p>
        </div>
      </>
    );
  }
  return (
    <>
      <CutNotice list={list} />
      <LiveTable
        label={texts.connectedClients}
        columns={clientColumns(areOfSeveral)}
        rows={arrayRows(sorted, ({ id }) => id)}
        itemAt={(index) => sorted[index]}
        nameOf={(row) =>
          texts.nameOf(texts.numberOn(row.connection, serverOf(row)), row.address ?? texts.hasGone)
        }
        {...{ sorting, onSort, openId }}
        onOpen={(id) => setOpenId(id === openId ? undefined : id)}
      />
      {open && (
        <ClientDetail
          {...props}
          client={open}
          serverName={serverOf(open)}
          list={list}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </>
  );
}

/** What became of the last cut: always there, so that it is read aloud when it has words. */
function CutNotice({ list }: { readonly list: ClientList }) {
  const cut = useStore(list.store, (view) => view.cut);
  return (
    <p role="status" className={cut ? 'notice' : 'visually-hidden'}>
      {cut && wordsOf(cut)}
    </p>
  );
}

function wordsOf({ connection, server, wasOpen }: NonNullable<ClientsState['cut']>): string {
  const number = texts.numberOn(connection, server);
  if (wasOpen === undefined) return texts.notKnown(number);
  return wasOpen ? texts.wasCut(number) : texts.wasGone(number);
}
