// The computing side of a lane: answers one request after another with an engine of its own.
import type { Engine, Executor, TensorData, TensorId } from '@wherry/graph';
import { openLane, type CalibrationLane } from '@wherry/quantizer';
import { failureOf } from './lane-failure.js';
import type { LaneCall, LaneCalls, LanePort, LaneRequest } from './lane-messages.js';

type Handlers = { readonly [Call in LaneCall]: (takes: LaneCalls[Call]['takes']) => Promise<LaneCalls[Call]['gives']> };

/** `loadEngine` is called with the first request that needs it. */
export function serveLane(port: LanePort, loadEngine: () => Promise<Engine>): void {
  const handlers = handlersOn(loadEngine);
  let turn = Promise.resolve();
  port.on('message', (message) => {
    const { id, call, takes } = message as LaneRequest;
    const answer = (): Promise<unknown> => (handlers[call] as (takes: unknown) => Promise<unknown>)(takes);
    turn = turn.then(answer).then(
      (gives) => port.postMessage({ id, gives }),
      (error: unknown) => port.postMessage({ id, failure: failureOf(error) }),
    );
  });
}

function handlersOn(loadEngine: () => Promise<Engine>): Handlers {
  let engine: Promise<Engine> | undefined;
  const executors = new Map<number, Executor>();
  let calibration: CalibrationLane | undefined;
  return {
    load: async () => {
      await (engine ??= loadEngine());
      return undefined;
    },
    prepare: async ({ executor, graph }) => {
      executors.set(executor, await (await (engine ??= loadEngine())).prepare(graph));
      return undefined;
    },
    run: async ({ executor, feeds, wanted }) => {
      const seen: [TensorId, TensorData][] = [];
      const outputs = await executors
        .get(executor)!
        .run(feeds, { wants: (id) => wanted.includes(id), see: (id, data) => seen.push([id, data.slice()]) });
      return { outputs, seen };
    },
    dispose: ({ executor }) => {
      executors.get(executor)?.dispose();
      executors.delete(executor);
      return Promise.resolve(undefined);
    },
    openCalibration: async (task) => {
      calibration = await openLane(await (engine ??= loadEngine()), task);
      return undefined;
    },
    calibrate: ({ sample, fold }) => calibration!.add(sample, fold),
    endCalibration: async () => {
      const part = await calibration!.end();
      calibration = undefined;
      return part;
    },
  };
}
