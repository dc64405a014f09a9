// What a kernel table says that would never count, contradicts itself, or leaves open.
import { operatorOf, opKinds } from '@wherry/graph';
import { nearestName } from '../json/nearest-name.js';
import type { KernelRow, OperatorKernels, RuntimeKernels } from '../runtime-kernels.js';
import type { Remark } from './remark.js';

const own = opKinds.map((kind) => operatorOf(kind).tflite.builtin);

/** `others`: tables whose operators are known to exist. In the order of the table's keys; empty: everything counts. */
export function surveyKernels(kernels: RuntimeKernels, others: Iterable<RuntimeKernels>): readonly Remark[] {
  const known = new Set([...own, ...[...others].flatMap(namesOf)]);
  return [
    ...releaseRemarks(kernels),
    ...Object.entries(kernels.operators).flatMap(([name, table]) => operatorRemarks(kernels, name, table)),
    ...nameRemarks(kernels, known),
    ...unusedRemarks(kernels),
    ...openRemarks(kernels),
  ];
}

function namesOf({ operators, unsupported }: RuntimeKernels): readonly string[] {
  return [...Object.keys(operators), ...Object.keys(unsupported)];
}

function releaseRemarks({ releases }: RuntimeKernels): readonly Remark[] {
  return releases.flatMap(({ version, upstream }, i) => {
    const before = releases[i - 1];
    if (before === undefined || before.upstream <= upstream) return [];
    const what = `${version} is of ${upstream}, and the release before it, ${before.version}, of ${before.upstream}`;
    return [{ where: `/releases/${i}`, what, next: 'put the oldest first, or correct the date' }];
  });
}

function operatorRemarks({ releases }: RuntimeKernels, name: string, table: OperatorKernels): readonly Remark[] {
  const { rows, limits: { versions = [] } = {} } = table;
  const last = releases.at(-1);
  const future = [...rows.map(at('rows')), ...versions.map(at('limits/versions'))].filter(
    ({ since }) => last !== undefined && since !== undefined && since > last.upstream,
  );
  const hidden = rows.flatMap((row, i) => {
    const covering = rows.findIndex((other, j) => j !== i && covers(other, row) && (j < i || !covers(row, other)));
    return covering < 0 ? [] : [{ row: i, covering }];
  });
  const falling = versions.findIndex(({ max }, i) => i > 0 && max <= versions[i - 1]!.max);
  return [
    ...future.map(({ where, since }) => ({
      where: `/operators/${name}/${where}`,
      what: `it is there since ${since}, and the last release of the table is of ${last!.upstream}`,
      next: 'add the release that has it, or correct the date',
    })),
    ...hidden.map(({ row, covering }) => ({
      where: `/operators/${name}/rows/${row}`,
      what: `row ${covering} takes the same operands already`,
      next: 'remove one of the two',
    })),
    ...(falling < 0
      ? []
      : [
          {
            where: `/operators/${name}/limits/versions/${falling}`,
            what: 'a later release would know fewer versions than the one before it',
            next: 'put the oldest first, each with a greater "max"',
          },
        ]),
  ];
}

function at(list: string): (each: { readonly since?: string }, i: number) => { where: string; since?: string } {
  return ({ since }, i) => ({ where: `${list}/${i}`, ...(since === undefined ? {} : { since }) });
}

/** Whether `row` can never be the one that decides: all that it takes is taken by `other`, which is there as long. */
function covers(other: KernelRow, row: KernelRow): boolean {
  return (
    other.activations === row.activations &&
    other.weights === row.weights &&
    other.bias === row.bias &&
    (other.output ?? other.activations) === (row.output ?? row.activations) &&
    (other.granularity === undefined || (row.granularity ?? []).every((each) => other.granularity!.includes(each))) &&
    (other.granularity === undefined || row.granularity !== undefined) &&
    (row.scales ?? ['per-tensor']).every((each) => (other.scales ?? ['per-tensor']).includes(each)) &&
    Object.entries(other.options ?? {}).every(([field, values]) =>
      (row.options?.[field] ?? [null]).every((each) => values.some((value) => value === each)),
    ) &&
    (other.since ?? '') <= (row.since ?? '')
  );
}

/** A misspelt operator would never be found in a model. */
function nameRemarks(kernels: RuntimeKernels, known: ReadonlySet<string>): readonly Remark[] {
  const lists = ['operators', 'optimized', 'unsupported'] as const;
  return lists.flatMap((list) =>
    Object.keys(kernels[list]).flatMap((name) => {
      if (known.has(name)) return [];
      const meant = nearestName(name, known);
      if (meant === null) return [];
      const what = `no operator of that name is known: is ${meant} meant?`;
      return [{ where: `/${list}/${name}`, what, next: `rename it to ${meant}, if that is so` }];
    }),
  );
}

function unusedRemarks({ operators, unsupported, optimized, avoid }: RuntimeKernels): readonly Remark[] {
  const both = Object.keys(unsupported).filter((name) => name in operators);
  const withoutRows = Object.entries(optimized).filter(([name, types]) => {
    const rows = operators[name]?.rows ?? [];
    return !types.every((dtype) => rows.some((row) => row.activations === dtype));
  });
  // What a RESHAPE takes the place of needs no rows of its own.
  const faults = avoid.flatMap(({ operator, workaround }, i) =>
    operator in operators || workaround === 'reshape' ? [] : [{ operator, i }],
  );
  const otherBytes = avoid.flatMap(({ operator, workaround }, i) =>
    workaround === 'reshape' && !keepsBytes(operator) ? [{ operator, i }] : [],
  );
  return [
    ...both.map((name) => ({
      where: `/unsupported/${name}`,
      what: 'the operator has rows as well, and those count',
      next: 'remove one of the two',
    })),
    ...withoutRows.map(([name]) => ({
      where: `/optimized/${name}`,
      what: 'a type is named that no row of the operator has',
      next: 'add the row, or remove the type',
    })),
    ...faults.map(({ operator, i }) => ({
      where: `/avoid/${i}`,
      what: `${operator} has no rows: its fault can never show`,
      next: 'remove the fault, or add the rows',
    })),
    ...otherBytes.map(({ operator, i }) => ({
      where: `/avoid/${i}/workaround`,
      what: `no RESHAPE can take the place of ${operator}: it is refused as with "none"`,
      next: 'choose "none", or "rows" where its fault depends on the shape',
    })),
  ];
}

function keepsBytes(builtin: string): boolean {
  return opKinds.map(operatorOf).some(({ tflite, traits }) => tflite.builtin === builtin && traits.sameBytes === true);
}

/** One remark for all: a table that leaves much open would drown the rest. */
function openRemarks({ operators, unsupported }: RuntimeKernels): readonly Remark[] {
  const open = own.filter((name) => !(name in operators) && !(name in unsupported));
  if (open.length === 0) return [];
  const what = `nothing is said of ${open.join(', ')}: a model with one is refused without a reason`;
  return [{ where: '/operators', what, next: 'add rows, or the reason under "unsupported"' }];
}
