import {
  isUnknownInspectionEvent,
  readInspectionEvent,
  writeInspectionEvent,
} from '../../../protocol/inspection/events.ts';
import {
  readInspectionRequest,
  writeInspectionRequest,
} from '../../../protocol/inspection/requests.ts';
import type { Random } from '../crash/random.ts';
import { fuzzPart, must } from './fuzzPart.ts';
import { jsonText, mutated, pick, several, stringText } from './grammar.ts';

const entry = (random: Random) =>
  `{"key":${stringText(random)},"length":${pick(random, ['1', '-1', '1.0'])},"value":${jsonText(random, 2)}}`;

/** Messages of both directions. */
export const inspectionSamples: readonly [
  (random: Random) => string,
  ...((random: Random) => string)[],
] = [
  () => '{"unwatch":{}}',
  (random) => `{"watch":{"id":${jsonText(random, 1)}}}`,
  (random) => `{"reveal":{"id":${stringText(random)}}}`,
  (random) =>
    `{"peek":{"token":${stringText(random)},"ids":[${several(random, 25, () => stringText(random)).join(',')}]}}`,
  (random) => `{"value":{"id":${stringText(random)},"key":${stringText(random)}}}`,
  (random) => `{"gone":{"id":${jsonText(random, 1)}}}`,
  (random) => `{"token":{"id":"a","token":${jsonText(random, 1)}}}`,
  (random) =>
    `{"hello":{"serverVersion":${stringText(random)},"maxPayloadBytes":${jsonText(random, 1)},"nowMs":1}}`,
  (random) =>
    `{"keys":{"id":"a","isReset":true,"totalKeys":2,"changed":[${several(random, 3, () => entry(random)).join(',')}],"removed":[]}}`,
  (random) => `{${stringText(random)}:${jsonText(random)}}`,
];

/** What page and server say to each other: read as it was written, or not at all. */
export const inspection = fuzzPart({
  name: 'inspection',
  share: 0.08,
  make: (random) => {
    const text = pick(random, inspectionSamples)(random);
    return random() < 0.3 ? mutated(random, text) : text;
  },
  check: (text) => {
    const request = readInspectionRequest(text);
    if (request) {
      const again = readInspectionRequest(writeInspectionRequest(request));
      must(JSON.stringify(again) === JSON.stringify(request), 'Read as another request');
    }
    const event = readInspectionEvent(text);
    if (!event) return;
    must(!isUnknownInspectionEvent(text), 'Known and unknown at once');
    const again = readInspectionEvent(writeInspectionEvent(event));
    must(JSON.stringify(again) === JSON.stringify(event), 'Read as another event');
  },
});
