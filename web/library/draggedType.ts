/** Only our own rows are taken by a folder, not files or text from elsewhere. */
export const draggedType = 'application/x-seshdeck-message';
