// npm runs this before it makes a package, which holds the build and not the sources.
import { ensureBuilt, orExit } from './prepare.mjs';

await orExit(ensureBuilt);
