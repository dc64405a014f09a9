// Whether labels number the classes as the model does, told from what the float model makes of samples of each label.

/** How often samples of a label (row) are given a class (column) by the float model. */
export interface Confusion {
  readonly classes: number;
  readonly counts: readonly number[];
}

export interface OtherNumbering {
  /** The class of the model that each label seems to be. */
  readonly classOf: readonly number[];
  /** Samples that would be right by it. */
  readonly right: number;
}

/** Fewer samples than these gained are chance. */
const leastGain = 8;
/** A numbering explains something only if most samples agree with it. */
const leastShare = 0.5;

/**
 * Another one-to-one numbering that fits far better: each label that moves is mostly given another class, at least twice as
 * often as its own. Labels without samples keep their number where it is free.
 */
export function otherNumbering({ classes, counts }: Confusion): OtherNumbering | undefined {
  const at = (label: number, given: number): number => counts[label * classes + given]!;
  const pairs = counts
    .flatMap((count, i) => (count > 0 ? [{ count, label: Math.floor(i / classes), given: i % classes }] : []))
    .sort((a, b) => b.count - a.count || a.label - b.label || a.given - b.given);
  const classOf = new Array<number | undefined>(classes).fill(undefined);
  const taken = new Set<number>();
  for (const { label, given } of pairs) {
    if (classOf[label] !== undefined || taken.has(given)) continue;
    classOf[label] = given;
    taken.add(given);
  }
  const numbered = completed(classOf, taken);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sum = (of: (label: number) => number): number => numbered.reduce((result, _, label) => result + of(label), 0);
  const right = sum((label) => at(label, numbered[label]!));
  const now = sum((label) => at(label, label));
  const moved = numbered.flatMap((given, label) => (given === label ? [] : [label]));
  const clear = moved.every((label) => seen(label) === 0 || at(label, numbered[label]!) >= 2 * at(label, label));
  function seen(label: number): number {
    return counts.slice(label * classes, (label + 1) * classes).reduce((a, b) => a + b, 0);
  }
  if (!clear || right - now < leastGain || right < leastShare * total) return undefined;
  return { classOf: numbered, right };
}

/** Labels that were not assigned: their own number where it is free, else the next free one. */
function completed(classOf: readonly (number | undefined)[], taken: Set<number>): number[] {
  const kept = classOf.map((given, label) => {
    if (given !== undefined || taken.has(label)) return given;
    taken.add(label);
    return label;
  });
  const free = kept.map((_, label) => label).filter((label) => !taken.has(label));
  return kept.map((given) => given ?? free.shift()!);
}

/** Every label has samples, and most of them are given the class of that very number. */
export function confirmsNumbering({ classes, counts }: Confusion): boolean {
  return Array.from({ length: classes }, (_, label) => counts.slice(label * classes, (label + 1) * classes)).every(
    (row, label) => row[label]! >= 2 && 2 * row[label]! > row.reduce((sum, count) => sum + count, 0),
  );
}
