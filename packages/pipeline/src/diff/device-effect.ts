// What the difference comes to on a device: work, kernels that are needed, and whether a firmware has to be built anew.
import { counted, graphCost, operatorOf, type Graph } from '@wherry/graph';
import { checkGraph, type Target } from '@wherry/profiles';
import { shortened } from '../report/short-name.js';
import { comparableArenas } from './compare-arena.js';
import { knownKind } from './constant-role.js';
import type {
  ArenaDifference,
  Both,
  DeviceEffect,
  DiffVerdict,
  EndsDifference,
  SubgraphDifference,
  WorkRow,
} from './document.js';
import { isCode } from './is-code.js';
import { rawGraphs } from './raw-graph.js';
import { isGraph, type Side } from './read-side.js';

interface Compared {
  readonly verdict: DiffVerdict;
  readonly arena: ArenaDifference;
  /** That of inputs and outputs. */
  readonly main: SubgraphDifference | undefined;
}

export function deviceEffect(a: Side, b: Side, target: Target | undefined, compared: Compared): DeviceEffect {
  const [own, other] = [resolverOf(a), resolverOf(b)];
  const resolver = {
    a: own,
    b: other,
    added: other.filter((method) => !own.includes(method)),
    removed: own.filter((method) => !other.includes(method)),
  };
  const illegal = target === undefined ? null : { a: illegalOf(a, target), b: illegalOf(b, target) };
  // A mere file goes where the other one is.
  const code = { a: isCode(a.folder === undefined ? b : a), b: isCode(b.folder === undefined ? a : b) };
  const unread = target !== undefined && !(isGraph(a.given) && isGraph(b.given));
  return {
    work: workOf(a, b),
    code,
    resolver,
    illegal,
    firmware: firmwareOf(compared, { code, added: resolver.added, refused: illegal?.b ?? [], unread }, a),
  };
}

/** Methods of MicroMutableOpResolver; the builtin's name where this version knows none. */
function resolverOf({ model }: Side): readonly string[] {
  const kinds = new Set(rawGraphs(model).flatMap(({ operators }) => operators.map(({ kind }) => kind)));
  return [...kinds]
    .map((builtin) => {
      const kind = knownKind(builtin);
      return (kind === undefined ? undefined : operatorOf(kind).tflm?.resolver) ?? builtin;
    })
    .sort();
}

function workOf(a: Side, b: Side): readonly WorkRow[] | null {
  if (!isGraph(a.given) || !isGraph(b.given)) return null;
  const [own, other] = [workByKind(a.given), workByKind(b.given)];
  const none = { operators: 0, macs: 0, bytes: 0 };
  return [...new Set([...own.keys(), ...other.keys()])].sort().map((kind) => {
    const [before, after] = [own.get(kind) ?? none, other.get(kind) ?? none];
    return {
      kind,
      operators: { a: before.operators, b: after.operators },
      macs: { a: before.macs, b: after.macs },
      bytes: { a: before.bytes, b: after.bytes },
    };
  });
}

function workByKind(graph: Graph): ReadonlyMap<string, { operators: number; macs: number; bytes: number }> {
  const found = new Map<string, { operators: number; macs: number; bytes: number }>();
  const { nodes } = graphCost(graph);
  graph.nodes.forEach(({ kind }, i) => {
    const { operators, macs, bytes } = found.get(kind) ?? { operators: 0, macs: 0, bytes: 0 };
    const cost = nodes[i]!;
    found.set(kind, { operators: operators + 1, macs: macs + cost.macs, bytes: bytes + cost.bytes });
  });
  return found;
}

function illegalOf({ given }: Side, target: Target): readonly string[] | null {
  return isGraph(given) ? checkGraph(target, given).map(({ what, where }) => `${where ?? ''}: ${what}`) : null;
}

interface Kernels {
  readonly code: Both<boolean>;
  readonly added: readonly string[];
  /** What the profile's kernels refuse of `b`. */
  readonly refused: readonly string[];
  /** A profile was given, and a graph could not be held against it. */
  readonly unread: boolean;
}

function firmwareOf(
  { verdict, arena, main }: Compared,
  { code, added, refused, unread }: Kernels,
  a: Side,
): DeviceEffect['firmware'] {
  if (verdict === 'same-bytes') return { rebuild: 'nothing to do', reasons: [], unknown: [] };
  // Code brings an arena of its own, and an interpreter has one that it shares.
  const arenas = code.a === code.b ? comparableArenas(arena) : undefined;
  const selfTest = [...(a.folder?.files.keys() ?? [])].some((name) => name.endsWith('_selftest.h'));
  const reasons = [
    ...codeReasons(code, verdict),
    ...(code.a || code.b ? [] : added.map((method) => `the resolver of a lacks ${method}`)),
    ...(!code.a && arenas !== undefined && arenas.b > arenas.a
      ? [`the arena has ${arenas.a} bytes and ${arenas.b} are needed`]
      : []),
    ...(main === undefined ? [] : [...endReasons('input', main.inputs), ...endReasons('output', main.outputs)]),
    ...(selfTest && verdict === 'different' ? ['the self-test holds answers of a'] : []),
  ];
  const unknown = [
    ...(unread ? ['whether the arena is large enough and the kernels run it: a graph could not be read'] : []),
    ...(arenas === undefined && !unread && !code.a && !code.b
      ? ['whether the arena is large enough: --profile ID tells it']
      : []),
    ...(main === undefined ? ['what inputs and outputs are: a file has no subgraph'] : []),
  ];
  if (refused.length > 0)
    return {
      rebuild: 'cannot run',
      reasons: [`${counted(refused.length, 'layer')} of b refused`, ...reasons],
      unknown,
    };
  const rebuild = reasons.length > 0 ? 'needed' : unknown.length > 0 ? 'unknown' : 'not needed';
  return { rebuild, reasons, unknown };
}

/** Code is built into the firmware: another model is another code, with its arena in it. */
function codeReasons({ a, b }: Both<boolean>, verdict: DiffVerdict): readonly string[] {
  if (a !== b) return [a ? 'a is code, and an interpreter runs b' : 'an interpreter runs a, and b is code'];
  return a && verdict !== 'same-graph' ? ['the code of b is another one'] : [];
}

/** What generated headers and hand-written glue have written into them. */
function endReasons(noun: string, { count, reordered, pairs }: EndsDifference): readonly string[] {
  const numbers: Both<number> = count;
  return [
    ...(numbers.a === numbers.b ? [] : [`${numbers.a} ${noun}s become ${numbers.b}`]),
    ...(reordered ? [`the ${noun}s stand in another order`] : []),
    ...pairs.flatMap(({ a, changes }) => {
      const baked = [...new Set(changes.map(({ what }) => what))].filter((what) =>
        ['type', 'shape', 'scale', 'zero point'].includes(what),
      );
      return a === null || baked.length === 0
        ? []
        : [`${baked.join(', ')} of ${noun} ${shortened(a.name) || a.position}`];
    }),
  ];
}
