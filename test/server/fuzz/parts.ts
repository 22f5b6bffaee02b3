import { config } from './config.ts';
import { frames } from './frames.ts';
import type { FuzzPart } from './fuzzPart.ts';
import { inspection } from './inspection.ts';
import { inspectors } from './inspectors.ts';
import { journal } from './journal.ts';
import { messages } from './messages.ts';
import { paths } from './paths.ts';
import { saves } from './saves.ts';

/** All that reads what somebody else wrote. */
export const parts: readonly FuzzPart[] = [
  messages,
  paths,
  config,
  saves,
  inspection,
  inspectors,
  journal,
  frames,
];
