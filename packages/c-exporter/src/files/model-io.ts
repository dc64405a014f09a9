// model_io.h: conversion between real values and what this model's inputs and outputs hold, for C and C++.
import { integerRange, type DataType } from '@wherry/graph';
import { c, type CFragment, comment, guarded, integer, join, type ModelNames } from '@wherry/c-source';
import type { ModelExport } from '../model-export.js';
import { banner } from './banner.js';
import { namedTensors, type NamedTensor } from './tensor-names.js';

const quantizedTypes = ['int8', 'uint8', 'int16'] as const satisfies readonly DataType[];
type QuantizedType = (typeof quantizedTypes)[number];

export function modelIoHeader(model: ModelExport, names: ModelNames): CFragment {
  const tensors = namedTensors(model).map((tensor) => conversions(tensor, names));
  const body = c`#include <stddef.h>
#include <stdint.h>

#include ${names.file('_settings.h')}

/*
 * Quantizing divides in single precision, rounds halves away from zero and saturates, as the QUANTIZE operator of
 * TensorFlow Lite does; a value that is not a number becomes the zero point, which stands for 0.
 * Compile without -ffast-math: it takes the test for such values away.
 */

${join(tensors, '\n\n')}`;
  return c`${banner(model, 'Typed values in and out. For C and C++.')}
${guarded(names, 'IO', body)}`;
}

function conversions(named: NamedTensor, names: ModelNames): CFragment {
  const { tensor, suffix } = named;
  const heading = comment(`${suffix}: ${tensor.name.slice(0, 300)}`);
  const quantized = quantizedTypes.find((dtype) => dtype === tensor.dtype);
  if (tensor.dtype === 'float32') return c`${heading}\n${identityPair(named, names)}`;
  if (quantized === undefined || tensor.quantization === undefined) {
    return c`${heading}\n${comment(`Holds plain ${tensor.dtype} values: there is nothing to convert.`)}`;
  }
  return c`${heading}\n${quantizingPair(named, quantized, names)}`;
}

/** Float inputs and outputs have the same functions, so that firmware need not change with the scheme. */
function identityPair({ suffix }: NamedTensor, names: ModelNames): CFragment {
  return pair(suffix, names, c`float`, c`  return value;`, c`  return stored;`);
}

/**
 * Rounds without the C library: the quotient is first bounded to what saturates anyhow, then the difference to its
 * truncation is exact.
 */
function quantizingPair({ suffix }: NamedTensor, dtype: QuantizedType, names: ModelNames): CFragment {
  const [least, greatest] = integerRange(dtype);
  const scale = names.macro(`${suffix}_SCALE`);
  const zeroPoint = names.macro(`${suffix}_ZERO_POINT`);
  const quantize = c`  const float scaled = value / ${scale};
  int32_t rounded;
  float rest;
  if (scaled != scaled) return (${cTypes[dtype]})${zeroPoint};
  if (scaled >= 131072.0f) return (${cTypes[dtype]})${integer(greatest)};
  if (scaled <= -131072.0f) return (${cTypes[dtype]})${integer(least)};
  rounded = (int32_t)scaled;
  rest = scaled - (float)rounded;
  if (rest >= 0.5f) rounded += 1;
  if (rest <= -0.5f) rounded -= 1;
  rounded += ${zeroPoint};
  if (rounded < ${integer(least)}) return (${cTypes[dtype]})${integer(least)};
  if (rounded > ${integer(greatest)}) return (${cTypes[dtype]})${integer(greatest)};
  return (${cTypes[dtype]})rounded;`;
  const dequantize = c`  return ${scale} * (float)((int32_t)stored - ${zeroPoint});`;
  return pair(suffix, names, cTypes[dtype], quantize, dequantize);
}

const cTypes: { readonly [K in QuantizedType]: CFragment } = { int8: c`int8_t`, uint8: c`uint8_t`, int16: c`int16_t` };

/** Both directions, for one element and for an array. */
function pair(
  suffix: string,
  names: ModelNames,
  type: CFragment,
  quantize: CFragment,
  dequantize: CFragment,
): CFragment {
  const typeName = names.lower(`${suffix}_t`);
  const forward = names.lower(`quantize_${suffix}`);
  const backward = names.lower(`dequantize_${suffix}`);
  return c`typedef ${type} ${typeName};

static inline ${typeName} ${forward}(float value) {
${quantize}
}

static inline float ${backward}(${typeName} stored) {
${dequantize}
}

static inline void ${names.lower(`quantize_${suffix}_n`)}(const float *values, ${typeName} *stored, size_t count) {
  size_t i;
  for (i = 0; i < count; ++i) stored[i] = ${forward}(values[i]);
}

static inline void ${names.lower(`dequantize_${suffix}_n`)}(const ${typeName} *stored, float *values, size_t count) {
  size_t i;
  for (i = 0; i < count; ++i) values[i] = ${backward}(stored[i]);
}`;
}
