// The device's part of a comparison's text: arena, work, kernels, firmware.
import { printable } from '@wherry/graph';
import { grouped } from '../report/numbers.js';
import { table } from '../report/table.js';
import type { ArenaDifference, DeviceEffect, ModelDifference } from './document.js';
import { few } from './graph-text.js';

const indent = ' '.repeat(13);
/** Layers of one model are mostly refused for one reason. */
const mostRefused = 3;

export function effectLines({ arena, effect }: ModelDifference, heading: (text: string) => string): string[] {
  return [
    ...arenaLines(arena, effect, heading),
    ...workLines(effect, heading),
    ...resolverLines(effect, heading),
    ...illegalLines(effect, arena, heading),
    ...firmwareLines(effect, heading),
  ];
}

function arenaLines(
  { profile, estimate, reported, carriedPlan, carriedPlanChanged }: ArenaDifference,
  { code }: DeviceEffect,
  heading: (text: string) => string,
): string[] {
  const bytes = (figures: { readonly bytes: number } | null): string =>
    figures === null ? 'not known' : `${grouped(figures.bytes)} bytes`;
  const lines = [
    ...(estimate === null
      ? []
      : [
          `on ${profile}: ${bytes(estimate.a)} -> ${bytes(estimate.b)}, ${code.a ? 'all that the code works in' : 'with the margin of the profile'}`,
        ]),
    ...(reported.a === null && reported.b === null
      ? []
      : [`as reported: ${reportedText(reported.a)} -> ${reportedText(reported.b)}`]),
    ...(carriedPlan.a === null && carriedPlan.b === null && !carriedPlanChanged
      ? ['no memory plan in the files']
      : [
          `memory plan in the file: ${carriedPlan.a === null ? 'none' : bytes(carriedPlan.a)} -> ${carriedPlan.b === null ? 'none' : bytes(carriedPlan.b)}${carriedPlanChanged ? '' : ', the same'}`,
        ]),
    ...(estimate === null && reported.a === null ? ['--profile ID estimates the arena'] : []),
  ];
  return lines.map((line, i) => `${i === 0 ? heading('arena'.padEnd(13)) : indent}${line}`);
}

function reportedText(reported: ArenaDifference['reported']['a']): string {
  return reported === null ? 'nothing' : `${grouped(reported.bytes)} bytes (${printable(reported.profile)})`;
}

function workLines({ work }: DeviceEffect, heading: (text: string) => string): string[] {
  if (work === null) return [`${heading('work'.padEnd(13))}not known: see below`];
  const total = (of: 'macs' | 'bytes', side: 'a' | 'b'): number => work.reduce((sum, row) => sum + row[of][side], 0);
  const same = work.every(({ operators, macs, bytes }) => [operators, macs, bytes].every(({ a, b }) => a === b));
  const line = `${heading('work'.padEnd(13))}${grouped(total('macs', 'a'))} -> ${grouped(total('macs', 'b'))} multiply-accumulates, ${grouped(total('bytes', 'a'))} -> ${grouped(total('bytes', 'b'))} bytes moved`;
  if (same) return [`${line}; equal for each kind of operator`];
  const rows = work
    .filter(({ operators, macs, bytes }) => [operators, macs, bytes].some(({ a, b }) => a !== b))
    .map(({ kind, operators, macs, bytes }) => [
      kind,
      ...[operators, macs, bytes].flatMap(({ a, b }) => [grouped(a), grouped(b)]),
    ]);
  const lines = table(
    ['kind that differs', 'a', 'b', 'MACs a', 'MACs b', 'bytes a', 'bytes b'],
    rows,
    new Set([1, 2, 3, 4, 5, 6]),
  );
  return [line, ...lines.map((each) => `${indent}${each}`)];
}

function resolverLines(
  { code, resolver: { b, added, removed } }: DeviceEffect,
  heading: (text: string) => string,
): string[] {
  if (code.a || code.b)
    return [
      `${heading('runtime'.padEnd(13))}${code.a && code.b ? 'both are' : code.a ? 'a is' : 'b is'} code, which has no interpreter`,
    ];
  const head = heading('resolver'.padEnd(13));
  if (added.length + removed.length === 0) return [`${head}the same ${b.length}: ${b.map(printable).join(', ')}`];
  return [
    `${head}${[
      ...(added.length === 0 ? [] : [`b also needs ${added.map(printable).join(', ')}`]),
      ...(removed.length === 0 ? [] : [`no longer ${removed.map(printable).join(', ')}`]),
    ].join('; ')}`,
  ];
}

function illegalLines(
  { illegal }: DeviceEffect,
  { profile }: ArenaDifference,
  heading: (text: string) => string,
): string[] {
  if (illegal === null) return [];
  const side = (name: 'a' | 'b'): string[] => {
    const found = illegal[name];
    if (found === null) return [`${name}: not known, see below`];
    return found.length === 0
      ? [`${name}: runs`]
      : few(
          found.map((text) => `${name}: refuses ${printable(text)}`),
          mostRefused,
        );
  };
  return [...side('a'), ...side('b')].map(
    (line, i) =>
      `${i === 0 ? heading(`kernels`.padEnd(13)) : indent}${i === 0 ? `of ${profile}: ` : ''}${line.trimStart()}`,
  );
}

function firmwareLines(
  { firmware: { rebuild, reasons, unknown } }: DeviceEffect,
  heading: (text: string) => string,
): string[] {
  const text = {
    'nothing to do': 'nothing to do',
    'not needed': 'the one built for a takes the model of b as it is',
    'cannot run': 'b does not run there, whatever is built',
    needed: 'the one built for a has to be built anew for b',
    unknown: 'not known whether the one built for a takes the model of b',
  }[rebuild];
  return [
    `${heading('firmware'.padEnd(13))}${text}`,
    ...few(reasons.map((reason) => `${indent}${printable(reason)}`)),
    ...unknown.map((reason) => `${indent}not known: ${printable(reason)}`),
  ];
}
