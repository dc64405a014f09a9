// JSON schema of a runtime's kernel table, after `extends` has been resolved.
import { workarounds } from '../runtime-kernels.js';
import { builtinPattern, dataType, date, exactly, identifier, listOf, text, version } from './schema-parts.js';

const inputNumber = { type: 'integer', minimum: 0, maximum: 63 };
const size = { type: 'integer', minimum: 1, maximum: 2 ** 31 };
/** Names of fields as TFLite's schema has them. */
const fieldPattern = '^[a-z][a-z0-9_]{1,62}$';
const field = { type: 'string', pattern: fieldPattern };
const rank = { type: 'integer', minimum: 0, maximum: 16 };

const granularity = listOf({ enum: ['per-tensor', 'per-axis'] }, { minItems: 1 });

const options = {
  type: 'object',
  additionalProperties: false,
  patternProperties: { [fieldPattern]: listOf({ type: ['number', 'boolean', 'string'] }, { minItems: 1 }) },
};

const row = exactly(
  {
    activations: dataType,
    weights: dataType,
    bias: dataType,
    output: dataType,
    granularity,
    scales: granularity,
    options,
    since: date,
  },
  ['weights', 'bias', 'output', 'granularity', 'scales', 'options', 'since'],
);

const ratio = exactly(
  {
    // A square names its input twice.
    of: listOf(inputNumber, { minItems: 1, uniqueItems: false }),
    activations: listOf(dataType, { minItems: 1 }),
    weights: listOf(dataType, { minItems: 1 }),
    below: { type: 'number', exclusiveMinimum: 0, maximum: 2 ** 31 },
  },
  ['activations', 'weights'],
);

const limits = exactly(
  {
    minRank: rank,
    maxRank: rank,
    versions: listOf(exactly({ max: { type: 'integer', minimum: 1, maximum: 1000 }, since: date }, ['since']), {
      minItems: 1,
    }),
    maxInputs: inputNumber,
    maxElements: size,
    maxRows: size,
    options,
    equalOptions: listOf({ type: 'array', items: [field, field], minItems: 2, maxItems: 2, additionalItems: false }),
    ratios: listOf(ratio, { minItems: 1 }),
    biases: listOf(
      exactly({
        weights: listOf(dataType, { minItems: 1 }),
        below: { type: 'number', exclusiveMinimum: 0, maximum: 2 ** 31 },
      }),
      { minItems: 1 },
    ),
    constantInputs: listOf(inputNumber),
    operands: {
      type: 'object',
      additionalProperties: false,
      patternProperties: { '^[0-9]{1,2}$': listOf(dataType, { minItems: 1 }) },
    },
  },
  [
    'versions',
    'minRank',
    'maxRank',
    'maxInputs',
    'maxElements',
    'maxRows',
    'options',
    'equalOptions',
    'ratios',
    'biases',
    'constantInputs',
    'operands',
  ],
);
const dimension = { type: 'integer', minimum: -1, maximum: 15 };

const condition = exactly(
  {
    activations: listOf(dataType, { minItems: 1 }),
    simd: { type: 'string', pattern: '^[A-Za-z0-9]{1,20}$' },
    minRank: rank,
    maxRank: rank,
    smaller: { type: 'array', items: [dimension, dimension], minItems: 2, maxItems: 2, additionalItems: false },
    minLast: size,
    lastNotMultipleOf: size,
    minRows: size,
    paddingFromInput: { enum: [true] },
    options,
  },
  [
    'activations',
    'simd',
    'minRank',
    'maxRank',
    'smaller',
    'minLast',
    'lastNotMultipleOf',
    'minRows',
    'paddingFromInput',
    'options',
  ],
);

const fault = exactly({
  operator: { type: 'string', pattern: builtinPattern },
  when: condition,
  fault: text,
  source: text,
  workaround: { enum: [...workarounds] },
});

function byBuiltin(value: object): object {
  return { type: 'object', additionalProperties: false, patternProperties: { [builtinPattern]: value } };
}

export const runtimeKernelsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Runtime kernel table: which operators run, on which types, since when',
  ...exactly(
    {
      $schema: { type: 'string', maxLength: 200 },
      name: identifier,
      title: text,
      source: text,
      releases: listOf(exactly({ version, upstream: date })),
      tensors: exactly({ maxRank: rank, innermost: rank }, ['maxRank', 'innermost']),
      operators: byBuiltin(exactly({ rows: listOf(row, { minItems: 1 }), limits, note: text }, ['limits', 'note'])),
      avoid: listOf(fault),
      optimized: byBuiltin(listOf(dataType)),
      unsupported: byBuiltin(text),
    },
    ['$schema', 'tensors'],
  ),
};
