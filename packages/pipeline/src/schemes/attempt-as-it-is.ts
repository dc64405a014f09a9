// A model that is quantized already, on one target: held against the limits as it is, written with a memory plan, measured.
import {
  diagnose,
  kernelFor,
  tensorAt,
  WherryError,
  type Diagnostic,
  type Graph,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { judgeAlone } from '../accuracy/judge-alone.js';
import { measureAlone } from '../accuracy/measure-alone.js';
import { compiledWarnings } from '../compiled-warnings.js';
import { finish } from '../description/described.js';
import type { DeployHost, DeployRequest, DeployRun, Verdict } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { fits, misfit } from '../fit.js';
import { stateWarnings } from '../kept-state.js';
import { openEngine, type RunEngine } from '../lanes/run-engine.js';
import type { ProgressSink } from '../progress.js';
import type { Asked } from '../refuse.js';
import { onOtherRuntimes, othersThatTake } from '../remedies/others-that-take.js';
import { ownProfile } from '../remedies/remedies.js';
import { refusedReport } from '../report/refused-report.js';
import { selfTestCases } from '../self-test.js';
import { schemeOf } from './numbers-of.js';
import { requireAsItIs } from './require-as-it-is.js';
import { requireKnownScales } from './require-known-scales.js';
import { sizeAsItIs, type SizedAsItIs } from './size-as-it-is.js';
import { placeOf, type SchemePlace } from './wanted-schemes.js';

export async function attemptAsItIs(asked: Asked, host: DeployHost, progress: ProgressSink): Promise<Verdict> {
  const { request, optimized } = asked;
  requireAsItIs(request, optimized);
  requireKnownScales(optimized);
  const scheme = schemeOf(optimized) ?? 'int8';
  const place = placeOf(asked.target.profile, scheme);
  const { tflite, ...sized } = { ...asked, place, schemes: [], ...legally(asked, place) };
  if (!fits(sized.fit)) return refuseMisfit(sized);
  const engine = await openEngine(host, sized.quantized.graph, request);
  try {
    const found = await measured(engine, sized, progress);
    const { graph } = sized.quantized;
    const warnings = [...found.warnings, ...stateWarnings(graph, asked), ...compiledWarnings(graph, asked)];
    const run = { ...sized, tflite, engineName: engine.name, ...found, warnings };
    return { deployment: finish(run, asked.description) };
  } finally {
    await engine.rest();
  }
}

/** Other numbers may have a kernel where these have none; an operator that is missing is missing in all. */
const ofNumbers = ['PROFILE_TYPES_UNSUPPORTED', 'PROFILE_RUNTIME_TOO_OLD'];

/** No other scheme can be chosen: the way out is another target, or the float model where the numbers are the matter. */
function legally(asked: Asked, place: SchemePlace): SizedAsItIs {
  try {
    const sized = sizeAsItIs(asked.optimized, asked, place);
    return { ...sized, steps: [...asked.steps, ...sized.steps] };
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    const [other] = othersThatTake(asked, place.scheme);
    const runtimes = onOtherRuntimes(asked, place.scheme);
    const next = [
      ofNumbers.includes(error.diagnostic.code)
        ? `give the float model that this file was made from, which is quantized for ${asked.target.profile.id} then`
        : error.details.next,
      ...runtimes.map(({ words, comesTo }) => `${words}, which takes the file as it is: ${comesTo}`),
      ...(other === undefined ? [] : [`choose --profile ${other.id}, which takes the file as it is`]),
    ].join('; or ');
    throw new WherryError(error.definition, { ...error.details, next }, { cause: error });
  }
}

type Sized = Asked & Omit<SizedAsItIs, 'tflite'> & Pick<DeployRun, 'place' | 'schemes'>;

function refuseMisfit(sized: Sized): Verdict {
  const others = othersThatTake(sized, sized.place.scheme);
  const remedies = [
    ...onOtherRuntimes(sized, sized.place.scheme).map(({ words, fit, comesTo }) => ({
      kind: 'option' as const,
      what: `${words}: ${comesTo}`,
      fit,
    })),
    ...others.map(({ id, fit, comesTo }) => ({
      kind: 'profile' as const,
      what: `choose --profile ${id}: ${comesTo}`,
      fit,
    })),
    ...ownProfile(sized, sized.fit),
  ];
  const instead = remedies.map(({ what }) => what);
  const refusal = misfit(sized.target, sized.place, sized.fit, instead, { least: false });
  const report = refusedReport({ ...sized, warnings: sized.importWarnings }, { refusal, remedies });
  return { refused: { refusal, report, shown: { graph: sized.quantized.graph, memory: sized.memory } } };
}

type Measured = Pick<
  DeployRun,
  'calibration' | 'evaluation' | 'accuracy' | 'ownAccuracy' | 'warnings' | 'classNames' | 'selfTest'
>;

async function measured(
  engine: RunEngine,
  { request, target, importWarnings, quantized: { graph } }: Sized,
  progress: ProgressSink,
): Promise<Measured> {
  const unknown = target.profile.export.layout === 'firmware' ? undefined : withoutReference(graph);
  if (unknown !== undefined) return unmeasured(request, importWarnings, unknown);
  const alone = await measureAlone(request, graph, engine, progress);
  const { warnings, classNames, ownAccuracy } = await judgeAlone(graph, engine, request.labels, alone);
  return {
    calibration: undefined,
    evaluation: alone?.seen.report,
    accuracy: [],
    ownAccuracy,
    warnings: [...importWarnings, ...warnings],
    classNames,
    selfTest: await selfTestCases(graph, engine, alone?.samples),
  };
}

/** What a runtime with kernels of its own computes need not be known here: the file alone is what is written for it. */
function withoutReference(graph: Graph): WherryError | undefined {
  const operand = (id: TensorId | null): Tensor | undefined => (id === null ? undefined : tensorAt(graph, id));
  for (const node of graph.nodes) {
    try {
      kernelFor(
        node,
        node.inputs.map(operand),
        node.outputs.map((id) => tensorAt(graph, id)),
      );
    } catch (error) {
      if (error instanceof WherryError) return error;
      throw error;
    }
  }
  return undefined;
}

/** Throws SETTING_UNUSED for data that the model cannot be run on. */
function unmeasured(
  { evaluation, calibration, labels }: DeployRequest,
  importWarnings: readonly Diagnostic[],
  { details: { what, where } }: WherryError,
): Measured {
  if ((evaluation ?? calibration) !== undefined)
    throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
      what: `data is given, and this version cannot run the model on it: ${what}`,
      ...(where === undefined ? {} : { where }),
      next: 'leave --evaluation and --calibration away; the file is written all the same',
    });
  const warning = diagnose(pipelineDiagnostics.ACCURACY_NOT_MEASURED, {
    what: `the model is written as it was given, and nothing was run: ${what}`,
    ...(where === undefined ? {} : { where }),
    next: 'run the file in its runtime before you trust it',
  });
  return {
    calibration: undefined,
    evaluation: undefined,
    accuracy: [],
    warnings: [...importWarnings, warning],
    classNames: labels,
    selfTest: [],
  };
}
