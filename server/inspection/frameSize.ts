/** Sessions or keys in one frame. */
export const maxFrameItems = 1000;

/** UTF-16 units of names and values after which a frame takes no further item. */
export const maxFrameLength = 256 * 1024;

/** Of more sessions in one change none is looked at: the list is read again. */
export const maxMarked = 1_000;
