// A lane on a thread of its own.
import { Worker } from 'node:worker_threads';
import type { BackendName } from '@wherry/engine-tfjs';
import { LaneClient } from './lane-client.js';

export interface LaneThread {
  readonly client: LaneClient;
  /** What the lane held is given back to the system. */
  end(): Promise<void>;
}

/**
 * The thread keeps the process alive only while an answer is awaited. `signal`: its reason is what answers then are, and is
 * thrown where it came before: a request to stop is as likely while no lane is there.
 */
export function startLane(backend: BackendName, signal: AbortSignal | undefined): LaneThread {
  signal?.throwIfAborted();
  const worker = new Worker(laneModule(), { workerData: { backend } });
  worker.unref();
  let ending = false;
  const client = new LaneClient(worker, (busy) => (busy || ending ? worker.ref() : worker.unref()));
  const abort = (): void => {
    client.end(signal!.reason);
    void worker.terminate();
  };
  worker.on('error', (error) => client.end(error));
  worker.on('exit', (code) => client.end(new Error(`the thread of a lane ended with ${code}`)));
  signal?.addEventListener('abort', abort, { once: true });
  // The engine comes up beside what the other thread has to do before; what fails is told with the first graph.
  client.ask('load', undefined).catch(() => undefined);
  return {
    client,
    end: async () => {
      signal?.removeEventListener('abort', abort);
      // Until it has ended, nothing else may keep the process alive.
      ending = true;
      worker.ref();
      await worker.terminate();
    },
  };
}

/** Bundled, it lies beside the command's own file. */
function laneModule(): URL {
  const suffix = import.meta.url.endsWith('.mjs') ? '.mjs' : '.js';
  return new URL(`./lane-worker${suffix}`, import.meta.url);
}
