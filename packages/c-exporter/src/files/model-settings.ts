// model_settings.h: the numbers that firmware needs beside the model, as macros for C and C++.
import { byteLength, elementCount } from '@wherry/graph';
import {
  c,
  type CFragment,
  comment,
  float,
  guarded,
  integer,
  join,
  type ModelNames,
  stringLiteral,
  unsigned,
} from '@wherry/c-source';
import type { ModelExport } from '../model-export.js';
import { banner } from './banner.js';
import { namedTensors, type NamedTensor } from './tensor-names.js';

export function modelSettingsHeader(model: ModelExport, names: ModelNames): CFragment {
  const { hashes, tool } = model;
  const text = (suffix: string, value: string): CFragment => c`#define ${names.macro(suffix)} ${stringLiteral(value)}`;
  const body = join(
    [
      c`/* What the model was made from. SHA-256 in hexadecimal; empty: there was none. */
${join(
  [
    text('SHA256', hashes.model),
    text('CALIBRATION_SHA256', hashes.calibration ?? ''),
    text('PROFILE_SHA256', hashes.profile),
    text('PROFILE', model.profileId),
    text('TOOL', `${tool.name} ${tool.version}`),
  ],
  '\n',
)}`,
      runtimeSettings(model, names),
      arenaSettings(model, names),
      c`#define ${names.macro('INPUT_COUNT')} ${unsigned(model.inputs.length)}
#define ${names.macro('OUTPUT_COUNT')} ${unsigned(model.outputs.length)}`,
      ...namedTensors(model).map((tensor) => tensorSettings(tensor, names)),
    ],
    '\n\n',
  );
  return c`${banner(model, 'Arena, shapes, types, scales and hashes. For C and C++.')}
${guarded(names, 'SETTINGS', body)}`;
}

/** What the firmware must be built with for the arena and the numbers to hold. */
function runtimeSettings({ runtime }: ModelExport, names: ModelNames): CFragment {
  const { name, from, simd, needs } = runtime;
  return join(
    [
      comment(
        `Made for ${name} ${from} or later, ${simd === null ? 'without a vector unit' : `with the kernels for ${simd}`}.`,
      ),
      ...needs.map((each) => comment(`Needs ${each.component} ${each.from} or later: ${each.why}.`)),
      c`#define ${names.macro('RUNTIME')} ${stringLiteral(name)}`,
      c`#define ${names.macro('RUNTIME_VERSION')} ${stringLiteral(from)}`,
      c`#define ${names.macro('RUNTIME_SIMD')} ${stringLiteral(simd ?? '')}`,
      c`#define ${names.macro('RUNTIME_NEEDS')} ${stringLiteral(needs.map((each) => `${each.component}>=${each.from}`).join(' '))}`,
    ],
    '\n',
  );
}

function arenaSettings({ arena, isCompiled }: ModelExport, names: ModelNames): CFragment {
  const { bytes, marginPercent, fromHeap } = arena;
  return join(
    [
      comment(
        isCompiled === true
          ? 'Bytes that a run works in: the arena of the compiled model.'
          : `Bytes of the tensor arena, with a margin of ${marginPercent} percent over the least that is estimated to allocate.`,
      ),
      c`#define ${names.macro('ARENA_BYTES')} ${unsigned(bytes)}`,
      ...(fromHeap === undefined
        ? [c`/* 1: too large for a static array on this device. */`, c`#define ${names.macro('ARENA_FROM_HEAP')} 0`]
        : [
            comment(
              `Too large for a static array, which may have ${fromHeap.staticBytes} bytes here: ${isCompiled === true ? `compile the model with ${names.macro('CALLER_ARENA').text} defined, and hand ${names.lower('use_arena').text} what comes of` : 'take it from the heap with'} ${fromHeap.allocation}, and check that it is not NULL.`,
            ),
            c`#define ${names.macro('ARENA_FROM_HEAP')} 1`,
          ]),
    ],
    '\n',
  );
}

function tensorSettings({ tensor, suffix }: NamedTensor, names: ModelNames): CFragment {
  const { shape, dtype, quantization, labels } = tensor;
  const elements = elementCount(shape);
  const define = (what: string, value: CFragment): CFragment => c`#define ${names.macro(`${suffix}_${what}`)} ${value}`;
  const listed = (parts: readonly CFragment[]): CFragment => c`{ ${join(parts, ', ')} }`;
  return join(
    [
      comment(`${suffix}: ${tensor.name.slice(0, 300)}`),
      define('RANK', unsigned(shape.length)),
      // A scalar has no dimensions, and C has no empty list.
      ...(shape.length === 0 ? [] : [define('SHAPE', listed(shape.map(integer)))]),
      define('ELEMENTS', unsigned(elements)),
      define('BYTES', unsigned(byteLength(dtype, elements))),
      define('DTYPE', stringLiteral(dtype)),
      ...(quantization === undefined
        ? []
        : [
            c`/* real value = scale * (stored value - zero point) */`,
            define('SCALE', float(quantization.scale)),
            define('ZERO_POINT', integer(quantization.zeroPoint)),
          ]),
      ...(labels === undefined || labels.length === 0
        ? []
        : [define('LABEL_COUNT', unsigned(labels.length)), define('LABELS', listed(labels.map(stringLiteral)))]),
    ],
    '\n',
  );
}
