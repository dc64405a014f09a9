// A data set as the report has it: its name, how it was read, and what its values reach.
import { counted, printable } from '@wherry/graph';
import type { DatasetReport } from '../inputs/datasets.js';
import { short } from './numbers.js';

export function datasetLines(role: string, { name, format, samples, preprocessing, lint }: DatasetReport): string[] {
  const declared =
    Object.keys(preprocessing).length === 0
      ? 'raw values, no preprocessing declared'
      : `preprocessing ${JSON.stringify(preprocessing)}`;
  return [
    `${role.padEnd(11)}  ${printable(name)} (${format}), ${counted(samples, 'sample')}; ${declared}`,
    ...lint.inputs.map(
      ({ min, max, mean }) => `             values ${short(min)} to ${short(max)}, mean ${short(mean)}`,
    ),
  ];
}
