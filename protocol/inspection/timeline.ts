import {
  boolean,
  listOf,
  object,
  oneOf,
  optional,
  string,
  unsigned,
  value,
  type Decoded,
} from '../codec/codec.ts';
import { author } from './author.ts';

/** Changes, or keys, that a frame has at most. */
export const maxTimelineRows = 200;

/** Keys of a change that a frame of the timeline has at most. */
export const maxShownKeys = 5;

/** UTF-16 units of a value that a change in the timeline has at most. */
export const maxShownValueLength = 200;

/** UTF-16 units of keys and values that the answer to `changes` has at most. */
export const maxChangesLength = 1_000_000;

/** The start of a value's text. */
const shownValue = object({
  text: string,
  /** Of the whole value, in UTF-16 units. */
  length: unsigned,
});

/** The start of a value's text, and how long it is. */
export type ShownValue = Decoded<typeof shownValue>;

const keyStep = object({
  key: string,
  /** Absent: it was not there. */
  before: optional(shownValue),
  /** Absent: it went. */
  after: optional(shownValue),
});

/** What a change made of one key. */
export type KeyStep = Decoded<typeof keyStep>;

const kind = oneOf(
  'created',
  'ended',
  'extended',
  'touched',
  'stored',
  'replaced',
  'removed',
  'cleared',
);

const timelineChange = object({
  /** Counted from 0, for each session: its first change that was remembered. */
  index: unsigned,
  kind,
  author,
  /** So many changes that only moved the deadline, one after the other. */
  times: unsigned,
  /** The deadline that was set last; Unix time in milliseconds. Absent: none was. */
  deadlineMs: optional(unsigned),
  keyCount: unsigned,
  /** At most {@link maxShownKeys} of them. */
  keys: listOf(keyStep),
  /** Whether the server has all keys with their values. Else nothing before the change is known. */
  isWhole: boolean,
});

/** One change of a session. */
export type TimelineChange = Decoded<typeof timelineChange>;

/** Codec of the question for a timeline. */
export const timelineRequest = object({
  /** Comes back with the changes. */
  number: unsigned,
  id: string,
  /** Index of the first change to be shown; absent: the newest ones are shown. */
  from: optional(unsigned),
  /** At most {@link maxTimelineRows}. */
  count: unsigned,
});

/** Codec of a part of a timeline. */
export const timelinePart = object({
  /** As in the question. */
  number: unsigned,
  id: string,
  /** Whether anything is known of the session. */
  isKnown: boolean,
  isEnded: boolean,
  /** Changes that are not remembered any more: the index of the first one that is. */
  dropped: unsigned,
  /** Index after the last change. */
  end: unsigned,
  /** The earliest moment at which the keys are known; see `moment`. */
  firstMoment: unsigned,
  /** Unix time in milliseconds from which on all changes are remembered; absent: from the beginning of the session. */
  sinceMs: optional(unsigned),
  /** Index of the first change that is shown. */
  from: unsigned,
  /** Those shown that are new or different since the frame before. */
  changes: listOf(timelineChange),
});

/** Part of a session's timeline. */
export type TimelinePart = Decoded<typeof timelinePart>;

/** Codec of the question for the keys at a moment. */
export const momentRequest = object({
  /** Comes back with the answer. */
  number: unsigned,
  id: string,
  /** Between changes: after the change of the index before, and before the one of this index. */
  at: unsigned,
  /** Another moment: only keys that differ are wanted. Absent: all keys are. */
  against: optional(unsigned),
  /** Position of the first key, counted from 0, and how many, at most {@link maxTimelineRows}. */
  from: unsigned,
  count: unsigned,
});

const momentKey = object({
  key: string,
  /** Length of the value's text in UTF-16 units; absent: it was not there. */
  length: optional(unsigned),
  /** Absent when it is long, or the frame is full. */
  value: optional(value),
  /** The same at the other moment. */
  otherLength: optional(unsigned),
  other: optional(value),
});

/** A key at a moment, and at another one if that was asked for. */
export type MomentKey = Decoded<typeof momentKey>;

/** Codec of the keys at a moment. */
export const momentAnswer = object({
  /** As in the question. */
  number: unsigned,
  id: string,
  at: unsigned,
  against: optional(unsigned),
  from: unsigned,
  /** Keys at the moment, or that differ; absent: the moment is not remembered any more. */
  total: optional(unsigned),
  keys: listOf(momentKey),
});

/** Codec of the question for whole changes, from one index up to before another. */
export const changesRequest = object({
  /** Comes back with the answer. */
  number: unsigned,
  id: string,
  from: unsigned,
  end: unsigned,
});

const wholeChange = object({
  kind,
  author,
  keys: listOf(object({ key: string, before: optional(value), after: optional(value) })),
});

/** A change with all keys and values. */
export type WholeChange = Decoded<typeof wholeChange>;

/** Codec of whole changes. */
export const changesAnswer = object({
  /** As in the question. */
  number: unsigned,
  id: string,
  from: unsigned,
  end: unsigned,
  /** Absent: they are too large, or not all are remembered. */
  changes: optional(listOf(wholeChange)),
});
