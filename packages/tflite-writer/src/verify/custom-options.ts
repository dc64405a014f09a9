// Options that TensorFlow Lite Micro's own kernels read as FlexBuffers, without asking how long they are.
import type { Operator, SubGraph, TfliteModel } from '../schema/table-types.js';
import { readFlexbuffer, type FlexbufferRoot } from './flexbuffer.js';

interface Reader {
  /** Values that the kernel takes by their position; a map has its values in the order of its keys. */
  readonly positions?: number;
  /** Whole numbers that it takes by name, and the least that each may be. */
  readonly least?: Readonly<Record<string, number>>;
  /** The kernel does without options. */
  readonly optional?: true;
}

/** By name of the operator, from its Init: signal/micro/kernels, and detection_postprocess.cc, circular_buffer.cc. */
const readers: Readonly<Record<string, Reader>> = {
  CIRCULAR_BUFFER: { positions: 1, optional: true },
  SignalDelay: { positions: 1 },
  SignalEnergy: { positions: 2 },
  SignalFilterBank: { positions: 1 },
  SignalFilterBankLog: { positions: 2 },
  SignalFilterBankSpectralSubtraction: { positions: 9 },
  SignalFramer: { positions: 3 },
  SignalIrfft: { positions: 2 },
  SignalOverlapAdd: { positions: 2 },
  SignalPCAN: { positions: 1 },
  SignalRfft: { positions: 2 },
  SignalStacker: { positions: 4 },
  SignalWindow: { positions: 1 },
  TFLite_Detection_PostProcess: { least: { max_detections: 1, max_classes_per_detection: 1, num_classes: 1 } },
};

/** What is wrong with the options of a custom operator; undefined for those whose kernel nobody here knows. */
export function customOptionsFault(model: TfliteModel, subgraph: SubGraph, operator: Operator): string | undefined {
  const name = model.operator_codes?.[operator.opcode_index]?.custom_code ?? '';
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (reader === undefined) return undefined;
  const bytes = operator.custom_options ?? new Uint8Array();
  if (bytes.byteLength === 0 && reader.optional) return undefined;
  const root = readFlexbuffer(bytes);
  if (typeof root === 'string') return `${name} reads FlexBuffers, and these are none: ${root}`;
  return (
    positionsFault(name, reader, root) ??
    namesFault(name, reader, root) ??
    classesFault(model, subgraph, operator, root)
  );
}

function positionsFault(name: string, { positions = 0 }: Reader, { values }: FlexbufferRoot): string | undefined {
  return values.length >= positions ? undefined : `${name} reads ${positions} values, here are ${values.length}`;
}

function namesFault(name: string, { least = {} }: Reader, { keys, values }: FlexbufferRoot): string | undefined {
  for (const [key, smallest] of Object.entries(least)) {
    const value = values[keys?.indexOf(key) ?? -1];
    if (value === undefined || !(value >= smallest)) return `${name}: ${key} is not a number of at least ${smallest}`;
  }
  return undefined;
}

/** Detection: the scores have a column per class, and perhaps one for the background before them. */
function classesFault(
  model: TfliteModel,
  subgraph: SubGraph,
  operator: Operator,
  { keys, values }: FlexbufferRoot,
): string | undefined {
  if (model.operator_codes?.[operator.opcode_index]?.custom_code !== 'TFLite_Detection_PostProcess') return undefined;
  const columns = subgraph.tensors?.[operator.inputs?.[1] ?? -1]?.shape?.[2];
  const classes = values[keys?.indexOf('num_classes') ?? -1];
  return columns === undefined || classes === undefined || classes === columns || classes === columns - 1
    ? undefined
    : `num_classes is ${classes}, the scores have ${columns} columns`;
}
