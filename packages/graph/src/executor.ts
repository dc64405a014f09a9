// What calibration and accuracy need of something that runs graphs: injected, so that no stage imports an engine.
import type { TensorData } from './data-type.js';
import { evaluate } from './evaluate.js';
import type { Graph, TensorId } from './ir.js';

export type Observe = (id: TensorId, data: TensorData) => void;

/** A graph made ready to run many times. `observe` sees every graph input and node output; arrays may be reused after it returns. */
export interface Executor {
  run(feeds: readonly TensorData[], observe?: Observe): Promise<readonly TensorData[]>;
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
      run: (feeds, observe) => Promise.resolve(evaluate(graph, feeds, observe === undefined ? {} : { observe })),
      dispose: () => undefined,
    }),
};
