// The graphs' part of a comparison's text: operators, tensors, constants, inputs and outputs.
import { counted, printable } from '@wherry/graph';
import { grouped, percent, short } from '../report/numbers.js';
import { shortened } from '../report/short-name.js';
import type {
  Change,
  ConstantChange,
  EndsDifference,
  EndTensor,
  OperatorName,
  SubgraphDifference,
} from './document.js';
import { plainText } from './plain-value.js';

type Heading = (text: string) => string;

/** Of a kind; --json has them all. */
const mostLines = 12;
const indent = ' '.repeat(13);

export function subgraphLines(difference: SubgraphDifference, heading: Heading): string[] {
  const { operators, tensors, constants, inputs, outputs, renamedTensors } = difference;
  return [
    ...operatorLines(operators, heading),
    ...tensorLines(tensors, heading),
    ...constantLines(constants, heading),
    ...endLines('input', inputs, heading),
    ...endLines('output', outputs, heading),
    ...(renamedTensors > 0
      ? [`${heading('names'.padEnd(13))}${counted(renamedTensors, 'tensor')} named otherwise`]
      : []),
  ];
}

export function few(lines: readonly string[], most = mostLines): string[] {
  const rest = lines.length - most;
  return rest <= 1 ? [...lines] : [...lines.slice(0, most), `${indent}... and ${rest} more: --json has them all`];
}

export function changeText({ what, name, a, b, note }: Change): string {
  // Converters give names of hundreds of characters.
  const text = (value: Change['a']): string =>
    what === 'name' && typeof value === 'string' ? shortened(printable(value)) : brief(value);
  return note === undefined ? `${name} ${text(a)} -> ${text(b)}` : `${name}: ${note}`;
}

function brief(value: Change['a']): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : value.toPrecision(9).replace(/\.?0+$/, '');
  if (Array.isArray(value)) {
    const shown = value.slice(0, 4).map((each) => brief(each as Change['a']));
    return value.length > 4 ? `[${shown.join(', ')}, ... ${value.length}]` : `[${shown.join(', ')}]`;
  }
  return printable(plainText(value));
}

function operatorText({ index, kind, layer }: OperatorName): string {
  return `${index < 0 ? '' : `${index} `}${printable(kind)} ${shortened(printable(layer))}`.trim();
}

function operatorLines(operators: SubgraphDifference['operators'], heading: Heading): string[] {
  const { count, matched, added, removed, reordered, changed } = operators;
  const isSame = added.length + removed.length + changed.length === 0 && !reordered;
  return [
    `${heading('operators'.padEnd(13))}${count.a} -> ${count.b}, ${matched} matched by structure; ${isSame ? 'versions, attributes and wiring are equal' : `${removed.length} removed, ${added.length} added, ${changed.length} changed${reordered ? ', run in another order' : ''}`}`,
    ...few(removed.map((each) => `${indent}- ${operatorText(each)} (version ${each.version})`)),
    ...few(added.map((each) => `${indent}+ ${operatorText(each)} (version ${each.version})`)),
    ...entryLines(changed.map(({ a, changes }) => ({ name: operatorText(a), group: printable(a.kind), changes }))),
  ];
}

function tensorLines({ compared, changed }: SubgraphDifference['tensors'], heading: Heading): string[] {
  const head = heading('activations'.padEnd(13));
  if (changed.length === 0)
    return [`${head}${counted(compared, 'tensor')}: types, shapes, scales and zero points are equal`];
  const entries = changed.map(({ tensor, operator, changes }) => ({
    name:
      tensor.a === ''
        ? `output of ${operator === null ? 'nothing' : operatorText(operator)}`
        : shortened(printable(tensor.a)),
    group: 'tensor',
    changes,
  }));
  return [`${head}${changed.length} of ${counted(compared, 'tensor')} changed`, ...entryLines(entries)];
}

interface Entry {
  readonly name: string;
  /** What many of them are called together. */
  readonly group: string;
  readonly changes: readonly Change[];
}

/** More than so many times the same change is said once. */
const fewAlike = 2;

function entryLines(entries: readonly Entry[]): string[] {
  const textOf = ({ group }: Entry, change: Change): string => `${group}: ${changeText(change)}`;
  const alike = new Map<string, number>();
  for (const entry of entries)
    for (const change of entry.changes) {
      const text = textOf(entry, change);
      alike.set(text, (alike.get(text) ?? 0) + 1);
    }
  const isCommon = (entry: Entry, change: Change): boolean => alike.get(textOf(entry, change))! > fewAlike;
  return [
    ...few(
      [...alike].filter(([, times]) => times > fewAlike).map(([text, times]) => `${indent}~ ${times} times ${text}`),
    ),
    ...few(
      entries.flatMap((entry) => {
        const own = entry.changes.filter((change) => !isCommon(entry, change));
        return own.length === 0 ? [] : [`${indent}~ ${entry.name}: ${own.map(changeText).join('; ')}`];
      }),
    ),
  ];
}

function constantLines({ compared, same, changed }: SubgraphDifference['constants'], heading: Heading): string[] {
  const head = heading('constants'.padEnd(13));
  if (changed.length === 0)
    return [
      `${head}${compared === 0 ? 'none in matched operators' : `${counted(compared, 'constant')}: all values are equal`}`,
    ];
  const rounded = new Map<string, ConstantChange[]>();
  for (const change of changed.filter(isRounding)) {
    const text = `${change.role}, ${change.type.a} -> ${change.type.b}`;
    rounded.set(text, [...(rounded.get(text) ?? []), change]);
  }
  return [
    `${head}${changed.length} of ${compared} changed, ${same} equal`,
    ...[...rounded].map(([text, all]) => {
      const greatest = Math.max(...all.map(({ values }) => values?.steps?.greatest ?? 0));
      return `${indent}~ ${counted(all.length, 'constant')}: ${text}: no more than rounding, ${short(greatest)} steps at most`;
    }),
    ...few(changed.filter((change) => !isRounding(change)).map((change) => `${indent}~ ${constantText(change)}`)),
  ];
}

/** The same numbers in another format, as near as its steps allow. */
function isRounding({ type, changes, values }: ConstantChange): boolean {
  return (
    type.a !== type.b &&
    changes.every(({ what }) => ['type', 'scale', 'zero point'].includes(what)) &&
    values?.steps?.beyondHalf === 0 &&
    values.notFinite === 0
  );
}

function constantText({ operator, role, tensor, type, changes, values, why }: ConstantChange): string {
  const newlyScaled = changes.find(
    ({ what, name, a, b }) => what === 'scale' && name === 'scale' && (a === null || b === null),
  );
  const told =
    newlyScaled === undefined ? changes : changes.filter(({ what }) => what !== 'scale' && what !== 'zero point');
  const scales = newlyScaled === undefined ? [] : [scalesText(newlyScaled)];
  return [
    `${`${role} ${shortened(printable(tensor.a))}`.trim()} of ${operatorText(operator)}${type.a === type.b ? '' : `, ${type.a} -> ${type.b}`}`,
    [
      ...scales,
      ...told.filter(({ what }) => what !== 'type').map(changeText),
      values === null ? why! : valuesText(values),
    ].join('; '),
  ].join(': ');
}

/** Of a constant that only one side has scales of: their values stand in --json. */
function scalesText({ a, b }: Change): string {
  const count = [a, b].map((side) => (Array.isArray(side) ? side.length : 0));
  return `${counted(count[0]!, 'scale')} -> ${counted(count[1]!, 'scale')}`;
}

function valuesText({ elements, changed, greatest, steps, notFinite }: NonNullable<ConstantChange['values']>): string {
  if (changed === 0) return 'the values are equal';
  const share = `${grouped(changed)} of ${grouped(elements)} values (${shareText(changed, elements)})`;
  const odd = notFinite === 0 ? '' : `, ${notFinite} not finite`;
  if (steps === null) return `${share}, by ${short(greatest)} at most${odd}`;
  const rounding =
    steps.beyondHalf === 0 ? 'no more than rounding' : `${grouped(steps.beyondHalf)} by more than half a step`;
  return `${share}, by ${short(steps.greatest)} steps at most, ${short(steps.mean)} on average; ${rounding}${odd}`;
}

/** What is there is never said to be nothing. */
function shareText(part: number, whole: number): string {
  return part * 2000 < whole ? 'under 0.1 %' : percent(part, whole);
}

function endLines(noun: string, { count, reordered, pairs }: EndsDifference, heading: Heading): string[] {
  const head = heading(`${noun}s`.padEnd(13));
  const lines = pairs.flatMap(({ a, b, changes }) => {
    if (a === null || b === null) return [`${indent}${a === null ? '+' : '-'} ${endText((a ?? b)!)}`];
    return changes.length === 0
      ? []
      : [`${indent}~ ${shortened(printable(a.name))}: ${changes.map(changeText).join('; ')}`];
  });
  if (lines.length === 0) return [`${head}${count.a}, equal in name, order, type, shape, scale and zero point`];
  return [`${head}${count.a} -> ${count.b}${reordered ? ', in another order' : ''}`, ...few(lines)];
}

function endText({ name, type, shape }: EndTensor): string {
  return `${shortened(printable(name))} ${type}[${shape.join(', ')}]`;
}
