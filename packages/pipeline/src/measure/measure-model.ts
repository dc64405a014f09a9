// Measures a model on a device: read `measureModel`.
import { diagnose, WherryError, type Diagnostic, type Graph } from '@wherry/graph';
import { findProfile } from '@wherry/profiles';
import { parsePortSpec } from '@wherry/serial-profiler';
import { readProfiles } from '../inputs/profile-folder.js';
import type { ProgressSink } from '../progress.js';
import { measureDiagnostics } from './diagnostics.js';
import type { MeasureHost, MeasureRequest } from './measure-request.js';
import { measureThere } from './measure-there.js';
import { inputsByChance, inputsFrom, type MeasuredInputs } from './measured-inputs.js';
import { readMeasured, type MeasuredModel } from './measured-model.js';
import type { Measurement } from './measurement.js';
import { openOtherModel } from './other-model.js';
import { otherRuntime } from './other-runtime.js';
import { notFiniteOutputs } from './output-figures.js';
import { profileNamed } from './profile-named.js';
import { requireUsed } from './require-used.js';

export const defaultInputs = 100;

/**
 * Throws MEASURE_WHERE, PORT_SPEC, SETTING_UNUSED, MEASURE_NO_STAND_IN, MEASURE_MODEL, MEASURE_KERNELS, EVALUATION_ENDS, COMPILED_KERNEL, the codes of emulated
 * boards, of ports and of traces, what the data is refused for, and what a device is refused for.
 */
export async function measureModel(
  request: MeasureRequest,
  host: MeasureHost,
  progress: ProgressSink,
): Promise<Measurement> {
  requireOnePlace(request);
  requirePort(request);
  requireUsed(request);
  const model = await readMeasured(request.model);
  const { library, id } = await readProfiles(profileNamed(request, model), request.profiles);
  const { profile } = findProfile(library, id);
  const inputs = await inputsOf(request, model.graph);
  const { against, parityOnly } = request;
  const other = against === undefined ? undefined : await openOtherModel(against, model, await host.engine());
  try {
    const job = { model, inputs, other, parityOnly };
    const measurement = await measureThere(request, job, { profile, library }, host, progress);
    const warnings = [...inputs.warnings, ...measurement.warnings, ...remarksOn(measurement, request, model)];
    return { ...measurement, warnings };
  } finally {
    other?.dispose();
  }
}

/** What the figures are not about. */
function remarksOn(
  { device, parity }: Measurement,
  request: MeasureRequest,
  { foretold }: MeasuredModel,
): readonly Diagnostic[] {
  return [
    ...otherRuntime(device.runtime, foretold),
    ...notFiniteOutputs(parity.outputs),
    ...(request.against !== undefined && request.data === undefined
      ? [
          diagnose(measureDiagnostics.MEASURED_MADE_UP, {
            what: 'the outputs are held against another model on made-up inputs, which says nothing of accuracy',
            next: 'give samples of the task with --evaluation DATA',
          }),
        ]
      : []),
  ];
}

function inputsOf({ data, preprocessing, samples }: MeasureRequest, graph: Graph): Promise<MeasuredInputs> {
  const limit = samples ?? defaultInputs;
  return data === undefined
    ? Promise.resolve(inputsByChance(graph, limit))
    : inputsFrom(data, graph, { limit, preprocessing });
}

/** A model and its data may take long to read. Throws PORT_SPEC. */
function requirePort({ port }: MeasureRequest): void {
  if (port !== undefined && port !== 'auto') parsePortSpec(port);
}

function requireOnePlace({ emulate, port, replay: trace }: MeasureRequest): void {
  const places = [emulate, port !== undefined, trace !== undefined].filter(Boolean).length;
  if (places === 1) return;
  throw new WherryError(measureDiagnostics.MEASURE_WHERE, {
    what: places === 0 ? 'neither a port nor an emulated board is asked for' : `${places} places are asked for at once`,
    next: 'give --port PATH or --port auto for the device itself, or --emulate for the board that stands in for it, or --replay TRACE',
  });
}
