// What calibration and accuracy need of something that runs graphs: injected, so that no stage imports an engine.
import type { TensorData } from './data-type.js';
import { evaluate } from './evaluate.js';
import type { Graph, TensorId } from './ir.js';

/** Looks at intermediate values of a run. */
export interface Observer {
  /** Asked once per graph input and node output; engines skip the copy of what nobody wants. */
  wants(id: TensorId): boolean;
  /** The array may be reused after this returns. */
  see(id: TensorId, data: TensorData): void;
}

/** A graph made ready to run many times. Samples have nothing to do with each other: states, where it has any, begin each run as zeros. */
export interface Executor {
  /** Runs that are worth being under way at once, where that is more than 1. */
  readonly atOnce?: number;
  run(feeds: readonly TensorData[], observer?: Observer): Promise<readonly TensorData[]>;
  /** Frees what the engine holds outside of JavaScript's heap. */
  dispose(): void;
}

export interface Engine {
  /** As the report names it, e.g. `tfjs-wasm`. */
  readonly name: string;
  prepare(graph: Graph): Promise<Executor>;
}

/** The plain reference kernels as an engine: slow, and right by definition. */
export const referenceEngine: Engine = {
  name: 'reference',
  prepare: (graph) =>
    Promise.resolve({
      run: (feeds, observer) =>
        Promise.resolve(
          evaluate(
            graph,
            feeds,
            observer === undefined ? {} : { observe: (id, data) => observer.wants(id) && observer.see(id, data) },
          ),
        ),
      dispose: () => undefined,
    }),
};
