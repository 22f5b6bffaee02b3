/** Sessions or keys in one frame. */
export const maxFrameItems = 1000;

/** UTF-16 units of names and values after which a frame takes no further item. */
export const maxFrameLength = 256 * 1024;
