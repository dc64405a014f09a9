// Lets the process hear a request to stop while an engine is at work.
import { setImmediate } from 'node:timers/promises';
import type { Engine, Executor } from '@wherry/graph';

/** Short against a person's patience, long against a turn of the event loop. */
const turnMilliseconds = 40;

/**
 * The same engine; but a run that comes 40 ms after the last turn of the event loop waits for the next one, without which no
 * signal of the system would be delivered, and throws the reason of an aborted `signal`.
 */
export function responsiveEngine(engine: Engine, signal: AbortSignal | undefined): Engine {
  let turned = performance.now();
  const takeTurn = async (): Promise<void> => {
    if (performance.now() - turned < turnMilliseconds) return;
    await setImmediate();
    turned = performance.now();
    signal?.throwIfAborted();
  };
  const wrap = (executor: Executor): Executor => ({
    run: async (feeds, observer) => {
      await takeTurn();
      return executor.run(feeds, observer);
    },
    dispose: () => executor.dispose(),
  });
  return { name: engine.name, prepare: async (graph) => wrap(await engine.prepare(graph)) };
}
