/** What the name of a data set may be. Plain JavaScript: `npm start` reads it before there is a build. */
export const dataSetNamePattern = /^[A-Za-z0-9_-][A-Za-z0-9 _.-]{0,127}$/;

/** The same in words, for people. */
export const dataSetNameRule =
  '1 to 128 letters, digits, spaces, "_", "-" or ".", the first neither "." nor a space';
