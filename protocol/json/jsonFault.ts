/** Why a text is not JSON. */
export interface JsonFault {
  /** Index of the offending character, in UTF-16 units from 0. */
  readonly at: number;
  /** One sentence for people, without a full stop. */
  readonly message: string;
}

/** Carries a fault out of the depth of a reader, and never out of the reader. */
export class FaultFound extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.message);
    this.fault = fault;
  }
}
