import { useMemo, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { bytesAsBase64, bytesAsHex, hexRows } from './hexRows.ts';
import { texts } from '../texts.ts';
import './HexView.css';

/** Bytes shown at first, and added each time. */
const bytesAtATime = 4096;

/** Bytes with their offsets, in hex and as text. */
export function HexView({ bytes }: { readonly bytes: Uint8Array }) {
  const [limit, setLimit] = useState(bytesAtATime);
  const [notice, setNotice] = useState('');
  const rows = useMemo(() => hexRows(bytes, limit), [bytes, limit]);
  const copy = async (text: string) =>
    setNotice((await copyText(text)) ? texts.copied : texts.copyRefused);
  const hidden = bytes.length - limit;
  return (
    <div className="hex-view">
      <div className="hex-tools">
        <Button onClick={() => void copy(bytesAsHex(bytes))}>{texts.copyAsHex}</Button>
        <Button onClick={() => void copy(bytesAsBase64(bytes))}>{texts.copyAsBase64}</Button>
        <span role="status">{notice}</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="log-payload" role="group" aria-label={texts.hexRows} tabIndex={0}>
        <table className="hex-rows mono" translate="no">
          <tbody>
            {rows.map(({ offset, hex, text }) => (
              <tr key={offset}>
                <th scope="row">{offset}</th>
                <td>{hex}</td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <Button look="quiet" onClick={() => setLimit(limit + bytesAtATime)}>
          {texts.showMore(Math.min(bytesAtATime, hidden))}
        </Button>
      )}
    </div>
  );
}
