const least = [20, 19];

/** Ends the process with one clear line when this Node is too old to run us. Needs no newer syntax. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  process.stderr.write(
    `seshdeck: needs Node.js ${least.join('.')} or newer, this is ${process.versions.node}. Get it at https://nodejs.org\n`,
  );
  process.exit(1);
}
