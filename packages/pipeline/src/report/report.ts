// The report as a value: everything that was decided and measured, in a form that a program can rely on.
import { tensorAt, type Diagnostic, type OpKind, type Quantization, type Tensor } from '@wherry/graph';
import { mustComeFromHeap, type RuntimeComponent } from '@wherry/profiles';
import type { QuantizationPlan } from '@wherry/quantizer';
import type { DeployRun } from '../deployment.js';
import type { OutputComparison } from '../accuracy/output-comparison.js';
import { estimateOf } from '../fit.js';
import type { DatasetReport } from '../inputs/datasets.js';
import { listFiles, type ListedFile, type OutputFiles } from '../output/output-mark.js';
import { profileFingerprint } from '../tflite-file.js';

export interface TensorReport {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly scale: number | null;
  readonly zeroPoint: number | null;
}

export interface LayerReport {
  readonly layer: string;
  readonly operator: string;
  readonly output: TensorReport;
  readonly macs: number;
  readonly weightBytes: number;
  /** What was decided for the node, and for its output's scale. */
  readonly decision: string;
  readonly outputScale: string;
}

/** Stable: fields are added, never renamed or given another meaning, within a `schemaVersion`. No time, no path. */
export interface Report {
  readonly schemaVersion: 1;
  readonly ok: true;
  readonly tool: { readonly name: 'wherry'; readonly version: string };
  readonly model: {
    readonly file: string;
    readonly sha256: string;
    readonly format: string;
    readonly producer: string;
    readonly version: string;
  };
  readonly profile: {
    readonly id: string;
    readonly runtime: string;
    /** The vector unit that the runtime's kernels use, or null. */
    readonly simd: string | null;
    /** Parts of the firmware that come on their own, and the oldest version of each that computes right. */
    readonly needs: readonly RuntimeComponent[];
    readonly sha256: string;
  };
  readonly engine: string;
  readonly calibration: DatasetReport;
  readonly evaluation: DatasetReport;
  readonly rewrites: DeployRun['steps'];
  readonly quantization: {
    readonly scheme: string;
    readonly method: string;
    readonly biasCorrection: boolean;
    /** Pairs of layers between which channels were evened out. */
    readonly equalizedPairs: number;
    /** Scale groups with a range method of their own. */
    readonly refinedScales: number;
    /** The biases of the last layers are corrected by their measured mean errors. */
    readonly outputsCorrected: boolean;
    /** How the chosen settings fared on samples that chose none of its ranges; null where there was nothing to choose. */
    readonly heldOut: { readonly samples: number; readonly sqnrDb: number | null; readonly variety: number };
    readonly candidates: DeployRun['quantized']['candidates'];
  };
  readonly inputs: readonly TensorReport[];
  readonly outputs: readonly TensorReport[];
  readonly layers: readonly LayerReport[];
  readonly cost: { readonly macs: number; readonly elementOps: number; readonly bytes: number };
  readonly memory: {
    readonly arenaBytes: number;
    /** Too large for a static array on this device: the firmware takes it from the heap. */
    readonly arenaFromHeap: boolean;
    readonly estimate: DeployRun['memory']['estimate'];
    /** The file carries a smaller memory plan than the runtime would make. */
    readonly carriedPlan: boolean;
    readonly lowerBound: number;
    readonly flash: DeployRun['fit']['flash'];
    readonly ram: DeployRun['fit']['ram'];
  };
  readonly accuracy: readonly (Omit<OutputComparison, 'sqnrDb' | 'confusion'> & { readonly sqnrDb: number | null })[];
  readonly warnings: readonly Diagnostic[];
  /** report.json itself has the hash of its own text, with zeros in the place of that hash, as its last key, `seal`. */
  readonly files: readonly ListedFile[];
}

export function reportOf(run: DeployRun, files: OutputFiles): Report {
  const {
    target: { profile },
    quantized,
    memory,
    fit,
  } = run;
  const { graph } = quantized;
  return {
    schemaVersion: 1,
    ok: true,
    tool: { name: 'wherry', version: run.toolVersion },
    model: { file: run.modelFile.fileName, sha256: run.modelFile.sha256, ...run.source },
    profile: {
      id: profile.id,
      runtime: `${profile.runtime.name} ${profile.runtime.from}`,
      simd: profile.arithmetic.simd,
      needs: profile.runtime.needs ?? [],
      sha256: profileFingerprint(run.target),
    },
    engine: run.engineName,
    calibration: run.calibration,
    evaluation: run.evaluation,
    rewrites: run.steps,
    quantization: {
      scheme: quantized.plan.scheme,
      method: quantized.chosen.method,
      biasCorrection: quantized.chosen.correctBias,
      equalizedPairs: quantized.equalizedPairs,
      refinedScales: quantized.chosen.refined,
      outputsCorrected: quantized.chosen.outputsCorrected,
      heldOut: {
        samples: quantized.chosen.samples,
        sqnrDb: quantized.chosen.sqnrDb ?? null,
        variety: quantized.variety,
      },
      candidates: quantized.candidates,
    },
    inputs: graph.inputs.map((id) => tensorReport(run, id)),
    outputs: graph.outputs.map((id) => tensorReport(run, id)),
    layers: layersOf(run),
    cost: run.cost.total,
    memory: {
      arenaBytes: fit.ram.used,
      arenaFromHeap: mustComeFromHeap(profile.memory.ram, fit.ram.used),
      estimate: estimateOf(memory),
      carriedPlan: memory.offline !== undefined,
      lowerBound: memory.lowerBound,
      flash: fit.flash,
      ram: fit.ram,
    },
    // JSON has no infinity: equal outputs have no noise to speak of.
    accuracy: run.accuracy.map(({ confusion: _, ...output }) => ({
      ...output,
      sqnrDb: Number.isFinite(output.sqnrDb) ? output.sqnrDb : null,
    })),
    warnings: run.warnings,
    files: listFiles(files),
  };
}

function tensorReport({ quantized: { graph } }: DeployRun, id: number): TensorReport {
  const { name, shape, dtype, quantization } = tensorAt(graph, id);
  const single = (values: Quantization['scale'] | undefined): number | null => values?.[0] ?? null;
  return { name, shape, dtype, scale: single(quantization?.scale), zeroPoint: single(quantization?.zeroPoint) };
}

/** Why there is a node that no node of the float graph stands for. */
function addedFor(kind: OpKind, input: Tensor, output: Tensor, { nodes }: QuantizationPlan): string {
  if (input.dtype !== output.dtype) return 'converts between real values and integers';
  const [between] = nodes.flatMap(({ requantize }) => requantize);
  return kind === 'QUANTIZE' && between !== undefined
    ? between.to.reason
    : 'keeps clear of a known fault of the runtime (see rewrites)';
}

/** One entry per node of the quantized graph. */
function layersOf(run: DeployRun): LayerReport[] {
  const {
    optimized,
    quantized: { graph, plan, tensorOf },
  } = run;
  const decided = new Map(
    plan.nodes.map((decision) => [tensorOf.get(optimized.nodes[decision.node]!.outputs[0]!), decision]),
  );
  return graph.nodes.map((node, position) => {
    const output = node.outputs[0]!;
    const decision = decided.get(output);
    const floatOutput = decision === undefined ? undefined : optimized.nodes[decision.node]!.outputs[0];
    const weights = node.inputs.flatMap((id) => (id === null ? [] : (tensorAt(graph, id).data?.byteLength ?? 0)));
    return {
      layer: node.origin,
      operator: node.kind,
      output: tensorReport(run, output),
      macs: run.cost.nodes[position]!.macs,
      weightBytes: weights.reduce((sum, bytes) => sum + bytes, 0),
      decision:
        decision?.reason ?? addedFor(node.kind, tensorAt(graph, node.inputs[0]!), tensorAt(graph, output), plan),
      outputScale: floatOutput === undefined ? '' : (plan.activations.get(floatOutput)?.reason ?? ''),
    };
  });
}
