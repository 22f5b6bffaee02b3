#!/usr/bin/env node
// `npm start` and the `seshdeck` command: installs and builds when needed, then becomes the server.
// Every flag goes to the server. Plain Node without dependencies, for on a fresh clone there are none.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode } from './requireNode.mjs';

requireNode();

const { ensureBuilt, orExit, root } = await import('./prepare.mjs');
await orExit(ensureBuilt);
// In this process, so that signals, the exit code and the terminal are the server's own.
await import(pathToFileURL(path.join(root, 'dist', 'server.mjs')).href);
