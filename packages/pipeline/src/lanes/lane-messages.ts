// What is said between the thread that decides and a lane that computes: plain values.
import type { Graph, TensorData, TensorId } from '@wherry/graph';
import type { CalibrationTask, LanePart, SeenSample } from '@wherry/quantizer';

/** What a lane is asked, by name, and what it answers. Executors have numbers that the asking side chooses. */
export interface LaneCalls {
  /** Loads the engine, so that it is there when the first graph is. */
  load: { readonly takes: undefined; readonly gives: undefined };
  prepare: { readonly takes: { readonly executor: number; readonly graph: Graph }; readonly gives: undefined };
  run: {
    readonly takes: {
      readonly executor: number;
      readonly feeds: readonly TensorData[];
      readonly wanted: readonly TensorId[];
    };
    readonly gives: {
      readonly outputs: readonly TensorData[];
      /** Of what was wanted, in the order in which it came to be. */
      readonly seen: readonly (readonly [TensorId, TensorData])[];
    };
  };
  dispose: { readonly takes: { readonly executor: number }; readonly gives: undefined };
  openCalibration: { readonly takes: CalibrationTask; readonly gives: undefined };
  calibrate: {
    readonly takes: { readonly sample: readonly TensorData[]; readonly fold: 0 | 1 };
    readonly gives: SeenSample;
  };
  endCalibration: { readonly takes: undefined; readonly gives: LanePart };
}

export type LaneCall = keyof LaneCalls;

export interface LaneRequest<Call extends LaneCall = LaneCall> {
  readonly id: number;
  readonly call: Call;
  readonly takes: LaneCalls[Call]['takes'];
}

/** `failure`: see `failureOf`; where there is none, `gives` is the answer. */
export interface LaneReply {
  readonly id: number;
  readonly gives?: unknown;
  readonly failure?: unknown;
}

/** Both ends of a channel: a worker's port, or one of a pair in one thread. */
export interface LanePort {
  postMessage(message: LaneRequest | LaneReply): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}
