/** One line of a hex view. */
export interface HexRow {
  /** `00000010` */
  readonly offset: string;
  /** `7b 22 61 …`, sixteen bytes a row. */
  readonly hex: string;
  /** The same bytes as ASCII, a dot for each that is none. */
  readonly text: string;
}

const bytesPerRow = 16;

/** The bytes up to a limit, sixteen a row. */
export function hexRows(bytes: Uint8Array, maxBytes: number): HexRow[] {
  const rows: HexRow[] = [];
  for (let offset = 0; offset < Math.min(bytes.length, maxBytes); offset += bytesPerRow) {
    const part = bytes.subarray(offset, offset + bytesPerRow);
    rows.push({
      offset: offset.toString(16).padStart(8, '0'),
      hex: Array.from(part, hexOf).join(' '),
      text: Array.from(part, asciiOf).join(''),
    });
  }
  return rows;
}

/** All bytes as hex digits without spaces. */
export function bytesAsHex(bytes: Uint8Array): string {
  return Array.from(bytes, hexOf).join('');
}

/** Bytes turned into base64 at a time: a multiple of three, and few enough for one call. */
const base64Lot = 3 * 4096;

/** All bytes as base64. */
export function bytesAsBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += base64Lot) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + base64Lot))));
  }
  return parts.join('');
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function asciiOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
