// Everything that is asked of one device, and the document that it comes to.
import { int8Engine } from '@wherry/engine-int8';
import { counted, diagnose, graphCost, referenceEngine, type Diagnostic, type Engine, type Graph } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { Session, type WindowPolicy } from '@wherry/serial-profiler';
import type { ProgressSink } from '../progress.js';
import { toolVersion } from '../tool.js';
import { measureDiagnostics } from './diagnostics.js';
import { clockWarnings, measureCost, type MeasuredCost } from './measured-cost.js';
import type { MeasuredDevice } from './measured-device.js';
import type { MeasuredInputs } from './measured-inputs.js';
import type { MeasuredModel } from './measured-model.js';
import type { MeasuredLayer, Measurement } from './measurement.js';
import type { OtherModel } from './other-model.js';
import { withOutcome } from './outcome.js';
import { measureParity, type Parity } from './parity.js';

export interface MeasureJob {
  readonly model: MeasuredModel;
  readonly inputs: MeasuredInputs;
  /** What outputs are held against beside the reference. */
  readonly other?: OtherModel | undefined;
  /** Nothing is timed. */
  readonly parityOnly?: boolean | undefined;
  readonly windows?: WindowPolicy | undefined;
}

/** Throws what a device is refused for. */
export async function measureOn(device: MeasuredDevice, job: MeasureJob, progress: ProgressSink): Promise<Measurement> {
  const { model, inputs, other } = job;
  const { line, expected, emulated, kernels, isRecorded: recorded = false, foretold, modelFlash, modelRam } = device;
  const session = await Session.open({ ...line, expected });
  try {
    const parity = await measureParity(session, model, inputs, { engine: engineOf(model.graph), other }, progress);
    const cost = job.parityOnly === true ? null : await timed(session, job, progress);
    const memory = await session.memory();
    const known = (bytes: number): number | null => (bytes === 0xffff_ffff ? null : bytes);
    const { chip, firmware, runtime, runtimeCommit } = session.identity;
    return withOutcome({
      tool: { name: 'wherry', version: toolVersion },
      model: { file: model.fileName, sha256: model.sha256 },
      profile: expected.profile!,
      device: { emulated, recorded, chip, firmware, runtime, runtimeCommit, kernels },
      against:
        other === undefined
          ? null
          : { file: other.report.file, sha256: other.report.sha256, numbers: other.report.numbers },
      parity: { verdict: verdictOf(parity), ...parity, printed: false },
      cost: costOf(cost, model),
      plain: null,
      layers: layersOf(model, cost),
      memory: {
        arenaForetold: foretold?.isCompiled === (runtime === compiledRuntime) ? foretold.arenaBytes : null,
        arenaBytes: known(memory.arenaBytes),
        arenaUsed: modelRam ?? known(memory.arenaUsed),
        stackBytes: known(memory.stackBytes),
        stackUsed: known(memory.stackUsed),
        heapBytes: known(memory.heapBytes),
        heapUsed: known(memory.heapUsed),
        modelFlash,
      },
      warnings: [...(other?.warnings ?? []), ...restartWarnings(session), ...clockWarnings(cost)],
    });
  } finally {
    session.close();
  }
}

function restartWarnings({ restarts }: Session): readonly Diagnostic[] {
  if (restarts === 0) return [];
  return [
    diagnose(measureDiagnostics.MEASURED_RESTARTS, {
      what: `the device started anew ${counted(restarts, 'time')} in the middle of the work, and was asked again`,
      next: 'look at what it prints as it starts: with --trace FILE that is written down',
    }),
  ];
}

async function timed(session: Session, { inputs, windows }: MeasureJob, progress: ProgressSink): Promise<MeasuredCost> {
  progress.begin('time');
  const cost = await measureCost(session, inputs.feeds.at(-1)!, windows);
  progress.end();
  return cost;
}

function costOf(cost: MeasuredCost | null, { graph }: MeasuredModel): Measurement['cost'] {
  if (cost === null) return null;
  const { operators: _, ...figures } = cost;
  return { ...figures, macs: graphCost(graph).total.macs };
}

function verdictOf({ differing, overwritten, close }: Parity): Measurement['parity']['verdict'] {
  return differing.length > 0 || overwritten.length > 0 ? 'different' : close > 0 ? 'close' : 'identical';
}

function layersOf({ graph, layers }: MeasuredModel, measured: MeasuredCost | null): readonly MeasuredLayer[] {
  const { nodes } = graphCost(graph);
  return graph.nodes.map(({ kind }, position) => {
    const cost = measured?.operators[position] ?? null;
    const { macs } = nodes[position]!;
    return {
      layer: layers[position]!,
      operator: kind,
      macs,
      cost,
      share: cost === null || measured!.inference === 0 ? null : cost / measured!.inference,
      perMac: cost === null || macs === 0 ? null : cost / macs,
      plainCost: null,
    };
  });
}

/** The integers of the device; real numbers as its kernels compute them, which the fast engine does not. */
export function engineOf(graph: Graph): Engine {
  return graph.tensors.some(({ quantization }) => quantization !== undefined) ? int8Engine() : referenceEngine;
}
