/** Name of the reply to a command: `SH_NEW` → `SH_NEW_RSP`. */
export function replyNameOf(commandName: string): string {
  return `${commandName}_RSP`;
}

/**
 * Name of the command that a reply answers: `SH_NEW_RSP` → `SH_NEW`.
 * @returns undefined for `ERR` and for what is no reply.
 */
export function commandOf(replyName: string): string | undefined {
  return replyName.endsWith('_RSP') ? replyName.slice(0, -4) : undefined;
}
