// model_settings.h: the numbers that firmware needs beside the model, as macros for C and C++.
import { byteLength, elementCount } from '@wherry/graph';
import { c, comment, float, integer, join, stringLiteral, unsigned, type CFragment } from '../c/fragment.js';
import type { ModelExport } from '../model-export.js';
import { guarded, type ModelNames } from '../names.js';
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
      c`${comment(`Bytes of the tensor arena, with a margin of ${model.arena.marginPercent} percent over the estimate.`)}
#define ${names.macro('ARENA_BYTES')} ${unsigned(model.arena.bytes)}`,
      c`#define ${names.macro('INPUT_COUNT')} ${unsigned(model.inputs.length)}
#define ${names.macro('OUTPUT_COUNT')} ${unsigned(model.outputs.length)}`,
      ...namedTensors(model).map((tensor) => tensorSettings(tensor, names)),
    ],
    '\n\n',
  );
  return c`${banner(model, 'Arena, shapes, types, scales and hashes. For C and C++.')}
${guarded(names, 'SETTINGS', body)}`;
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
