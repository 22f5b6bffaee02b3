export const inspectPath = '/inspect';
export const ticketPath = '/inspect/ticket';
export const backupPath = '/inspect/backup';
export const healthPath = '/healthz';
export const readyPath = '/readyz';
export const metricsPath = '/metrics';

/** Paths that are no data socket: ours, now or later. */
const reservedPath = /^\/(?:inspect|healthz|readyz|metrics)(?:\/|$)/;

export function isReserved(path: string): boolean {
  return reservedPath.test(path);
}

/** The path of a request target, without its query. */
export function pathOf(target: string | undefined): string {
  return (target ?? '/').replace(/[?#].*$/s, '');
}
