// How far an answer of the device may lie from the known one. Integers are exact; float32 is not: another order of adding and
// another exp change the last bits. What comes of it may be off by a thousandth of the greatest value of its case; behind a
// QUANTIZE by a step more, since a last bit can decide where a value is rounded to. Places and flags have no distance.
import { dataTypes, type DataType } from '@wherry/graph';
import { c, type CFragment, float, integer, join, type ModelNames } from '@wherry/c-source';
import type { ModelExport } from '../model-export.js';

const share = 1e-3;
/** Where all answers of an output are zero. */
const besideZero = 1e-6;

/** What C calls a type whose values have a distance. */
const types: { readonly [dtype in DataType]?: CFragment } = {
  float32: c`float`,
  int8: c`int8_t`,
  uint8: c`uint8_t`,
  int16: c`int16_t`,
};

/** Of each case, in stored values; undefined where an output must be the same byte for byte. */
export function tolerancesOf({ outputs, selfTest }: ModelExport, at: number): readonly number[] | undefined {
  const { dtype, computedInFloats, quantization } = outputs[at]!;
  if (computedInFloats !== true || types[dtype] === undefined) return undefined;
  const zero = quantization?.zeroPoint ?? 0;
  const greatest = selfTest.map((one) => greatestOf(valuesOf(one.outputs[at]!, dtype), zero));
  const overall = Math.max(...greatest);
  return greatest.map((size) => {
    if (dtype !== 'float32') return 1 + Math.floor(share * size);
    return Math.fround(share * (size || overall) || besideZero);
  });
}

function valuesOf(bytes: Uint8Array, dtype: DataType): readonly number[] {
  // A copy lies on a boundary of the type.
  return Array.from<number | bigint, number>(new dataTypes[dtype].array(bytes.slice().buffer), Number);
}

function greatestOf(values: readonly number[], zero: number): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value - zero)) : most), 0);
}

/** None for an output that must be the same byte for byte. */
export function toleranceArray(model: ModelExport, names: ModelNames, at: number): readonly CFragment[] {
  const tolerances = tolerancesOf(model, at);
  if (tolerances === undefined) return [];
  return [
    c`/* Most that a stored value of output ${integer(at)} may differ by in each case: it comes of arithmetic in float32. */
static const float ${names.lower(`selftest_within_${at}`)}[${integer(tolerances.length)}] = { ${join(tolerances.map(float), ', ')} };`,
  ];
}

/** One for each type that is compared so. */
export function nearFunctions(model: ModelExport, names: ModelNames): readonly CFragment[] {
  const near = model.outputs.filter((_, at) => tolerancesOf(model, at) !== undefined).map(({ dtype }) => dtype);
  return [...new Set(near)].map(
    (dtype) => c`/* 1: each value is the expected one, or within so much of it. What is no number is near to nothing. */
static inline int ${names.lower(`selftest_near_${dtype}`)}(const void *given, const uint8_t *expected, size_t bytes, float within) {
  size_t at;
  for (at = 0; at < bytes; at += sizeof(${types[dtype]!})) {
    ${types[dtype]!} answer, known;
    float apart;
    memcpy(&answer, (const uint8_t *)given + at, sizeof answer);
    memcpy(&known, expected + at, sizeof known);
    if (memcmp(&answer, &known, sizeof known) == 0) continue;
    apart = (float)answer - (float)known;
    if (!(apart <= within && apart >= -within)) return 0;
  }
  return 1;
}`,
  );
}

export function nearlyEqual(model: ModelExport, names: ModelNames, at: number, given: CFragment): CFragment {
  const values = c`${names.lower(`selftest_output_${at}`)}[i]`;
  const near = names.lower(`selftest_near_${model.outputs[at]!.dtype}`);
  return c`${near}(${given}, ${values}, sizeof ${values}, ${names.lower(`selftest_within_${at}`)}[i])`;
}
