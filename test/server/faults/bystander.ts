import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What somebody noticed who had nothing to do with it. */
export interface Noticed {
  readonly longestMs: number;
  /**
   * The longest wait in processor time of the server's main thread: what others do on the same machine makes
   * it no longer. 0 where the system does not tell.
   */
  readonly longestCpuMs: number;
  readonly replies: number;
}

/** The server that a bystander asks. */
export interface Watched {
  readonly url: string;
  readonly pid: number | undefined;
}

/** An ordinary client: asks, waits for the reply, asks again. */
export class Bystander {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** @param file The bundle of bystanderWorker.ts. */
  static async start(file: string, watched: Watched): Promise<Bystander> {
    const worker = new Worker(file, { workerData: watched });
    await once(worker, 'message');
    return new Bystander(worker);
  }

  /** @returns What it has noticed since it was asked last. */
  async noticed(): Promise<Noticed> {
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage('noticed');
    const [noticed] = (await answer) as [Noticed];
    return noticed;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
