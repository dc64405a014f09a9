// JSON schema of a runtime's kernel table, after `extends` has been resolved.
import { builtinPattern, dataType, date, exactly, identifier, listOf, text, version } from './schema-parts.js';

const inputNumber = { type: 'integer', minimum: 0, maximum: 63 };
const rank = { type: 'integer', minimum: 0, maximum: 16 };

const row = exactly(
  {
    activations: dataType,
    weights: dataType,
    bias: dataType,
    output: dataType,
    granularity: listOf({ enum: ['per-tensor', 'per-axis'] }, { minItems: 1 }),
    since: date,
  },
  ['weights', 'bias', 'output', 'granularity', 'since'],
);

const limits = exactly(
  {
    minRank: rank,
    maxRank: rank,
    maxInputs: inputNumber,
    constantInputs: listOf(inputNumber),
    operands: {
      type: 'object',
      additionalProperties: false,
      patternProperties: { '^[0-9]{1,2}$': listOf(dataType, { minItems: 1 }) },
    },
  },
  ['minRank', 'maxRank', 'maxInputs', 'constantInputs', 'operands'],
);

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
      operators: byBuiltin(exactly({ rows: listOf(row, { minItems: 1 }), limits, note: text }, ['limits', 'note'])),
      optimized: byBuiltin(listOf(dataType)),
      unsupported: byBuiltin(text),
    },
    ['$schema'],
  ),
};
