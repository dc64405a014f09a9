// Everything that is asked of one device, and the document that it comes to.
import { int8Engine } from '@wherry/engine-int8';
import { graphCost, referenceEngine, type Engine, type Graph } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { Session, type WindowPolicy } from '@wherry/serial-profiler';
import type { ProgressSink } from '../progress.js';
import { toolVersion } from '../tool.js';
import { measureCost, type MeasuredCost } from './measured-cost.js';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasuredInputs } from './measured-inputs.js';
import type { MeasuredModel } from './measured-model.js';
import type { MeasuredLayer, Measurement } from './measurement.js';
import { measureParity, type Parity } from './parity.js';

/** Throws what a device is refused for. */
export async function measureOn(
  device: MeasuredDevice,
  model: MeasuredModel,
  inputs: MeasuredInputs,
  progress: ProgressSink,
  windows?: WindowPolicy,
): Promise<Measurement> {
  const { line, expected, emulated, isRecorded: recorded = false, foretold, modelFlash } = device;
  const session = await Session.open({ ...line, expected });
  try {
    const parity = await measureParity(session, model, inputs, engineOf(model.graph), progress);
    progress.begin('time');
    const cost = await measureCost(session, inputs.feeds.at(-1)!, windows);
    progress.end();
    const memory = await session.memory();
    const known = (bytes: number): number | null => (bytes === 0xffff_ffff ? null : bytes);
    const { chip, firmware, runtime, runtimeCommit } = session.identity;
    const { operators, ...figures } = cost;
    return {
      schemaVersion: 1,
      ok: true,
      tool: { name: 'wherry', version: toolVersion },
      model: { file: model.fileName, sha256: model.sha256 },
      profile: expected.profile!,
      device: { emulated, recorded, chip, firmware, runtime, runtimeCommit },
      parity: { verdict: verdictOf(parity), ...parity },
      cost: { ...figures, macs: graphCost(model.graph).total.macs },
      layers: layersOf(model, { ...cost, operators }),
      memory: {
        arenaForetold: foretold?.isCompiled === (runtime === compiledRuntime) ? foretold.arenaBytes : null,
        arenaBytes: known(memory.arenaBytes),
        arenaUsed: known(memory.arenaUsed),
        stackBytes: known(memory.stackBytes),
        stackUsed: known(memory.stackUsed),
        heapBytes: known(memory.heapBytes),
        heapUsed: known(memory.heapUsed),
        modelFlash,
      },
    };
  } finally {
    session.close();
  }
}

function verdictOf({ differing, close }: Parity): Measurement['parity']['verdict'] {
  return differing.length > 0 ? 'different' : close > 0 ? 'close' : 'identical';
}

function layersOf({ graph, layers }: MeasuredModel, { operators, inference }: MeasuredCost): readonly MeasuredLayer[] {
  const { nodes } = graphCost(graph);
  return graph.nodes.map(({ kind }, position) => {
    const cost = operators[position] ?? null;
    const { macs } = nodes[position]!;
    return {
      layer: layers[position]!,
      operator: kind,
      macs,
      cost,
      share: cost === null || inference === 0 ? null : cost / inference,
      perMac: cost === null || macs === 0 ? null : cost / macs,
    };
  });
}

/** The integers of the device; real numbers as its kernels compute them, which the fast engine does not. */
function engineOf(graph: Graph): Engine {
  return graph.tensors.some(({ quantization }) => quantization !== undefined) ? int8Engine() : referenceEngine;
}
