import {
  boolean,
  object,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../../protocol/codec/codec.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { readFrame, writeFrame, type FrameOf } from '../../../protocol/inspection/frames.ts';

const ask = object({
  /** Id of the server that asks. */
  from: string,
  /** Which it knows the request by. */
  number: unsigned,
  /** Only sessions whose names begin so may be shown. */
  within: string,
  /** Text of a request of an inspector: what it watches is watched while it is asked for again and again. */
  request: string,
  /** Frames have got lost: the next one is to have all that is known. Absent: none have. */
  isWhole: optional(boolean),
});

const messages = {
  ask,
  /** Ends what was watched. */
  end: object({ from: string, number: unsigned }),
  answer: object({
    /** Id of the server that answers. */
    from: string,
    number: unsigned,
    /** Counts up from 1 for each request. */
    sequence: unsigned,
    /** Text of an event for the inspector. */
    event: string,
  }),
};

/** A request of an inspector of another server. */
export type Ask = Decoded<typeof ask>;

/** What servers that share a store send each other. */
export type ServerMessage = FrameOf<typeof messages>;

export function writeServerMessage(message: ServerMessage): JsonText {
  return writeFrame(messages[message.type], message);
}

/** @returns undefined when the text is none: from a server of another version, or from a stranger. */
export function readServerMessage(text: string): ServerMessage | undefined {
  return readFrame(messages, text) as ServerMessage | undefined;
}
