// Plain JavaScript, as readConfig.mjs.

const minKeyLength = 16;

/**
 * The inspection key in a file. Throws one line when it is too short.
 * @param {string} file
 * @param {(path: string) => string} read
 */
export function keyIn(file, read) {
  if (file === '') throw new Error('SESHDECK_INSPECT_KEY_FILE must not be empty');
  const key = read(file).trim();
  if (key.length < minKeyLength) {
    throw new Error(`The key in ${file} must have at least ${minKeyLength} characters`);
  }
  return key;
}
