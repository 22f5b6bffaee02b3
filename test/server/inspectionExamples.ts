import type { InspectionRequest } from '../../protocol/inspection/requests.ts';

/** What requests may be about. */
interface Subject {
  /** Id of a session. */
  readonly id: string;
  readonly token: string;
  /** Key of the session. */
  readonly key: string;
}

type Examples = {
  readonly [T in InspectionRequest['type']]: Extract<InspectionRequest, { type: T }>;
};

/** One request of each type: a new one does not compile before it is here. */
export function inspectionExamples({ id, token, key }: Subject): Examples {
  const order = { sort: 'name', descending: false, find: '' } as const;
  return {
    list: { type: 'list', number: 1, ...order, from: 0, count: 9 },
    unlist: { type: 'unlist', number: 1 },
    figures: { type: 'figures', number: 1, separator: '-', count: 9 },
    unfigures: { type: 'unfigures' },
    watch: { type: 'watch', id },
    unwatch: { type: 'unwatch' },
    compare: { type: 'compare', number: 1, id },
    uncompare: { type: 'uncompare', number: 1 },
    stream: { type: 'stream', number: 1 },
    unstream: { type: 'unstream' },
    timeline: { type: 'timeline', number: 1, id, count: 9 },
    untimeline: { type: 'untimeline' },
    moment: { type: 'moment', number: 1, id, at: 0, from: 0, count: 9 },
    changes: { type: 'changes', number: 1, id, from: 0, end: 1 },
    clients: { type: 'clients', number: 1 },
    unclients: { type: 'unclients' },
    overview: { type: 'overview', number: 1 },
    unoverview: { type: 'unoverview' },
    audit: { type: 'audit', number: 1 },
    unaudit: { type: 'unaudit' },
    act: { type: 'act', number: 1, session: id, message: '{"KV_COUNT":{}}' },
    cut: { type: 'cut', connection: 999, reason: '' },
    reveal: { type: 'reveal', id },
    peek: { type: 'peek', token },
    ended: { type: 'ended', number: 1 },
    unended: { type: 'unended' },
    value: { type: 'value', id, key },
    findKeys: { type: 'findKeys', number: 1, id, find: key },
  };
}
