// Names parts of an output that a quantized model does not tell, neighbours together, with what float and it give there.
import type { DeadPart } from './part-errors.js';

const mostNamed = 4;

/** `scheme`: what the values were made in. */
export function deadPartText(parts: readonly DeadPart[], scheme: string): string {
  const runs = runsOf(parts);
  const named = runs.slice(0, mostNamed).map((run) => runText(run, scheme));
  const more = runs.slice(mostNamed).reduce((sum, run) => sum + run.length, 0);
  return `${named.join('; ')}${more === 0 ? '' : `; and ${more} more`}; one step of ${scheme} is ${short(parts[0]!.step)}`;
}

function runsOf(parts: readonly DeadPart[]): DeadPart[][] {
  const runs: DeadPart[][] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.at(-1)?.index === part.index - 1) last.push(part);
    else runs.push([part]);
  }
  return runs;
}

function runText(run: readonly DeadPart[], scheme: string): string {
  const [first, last] = [run[0]!, run.at(-1)!];
  const index = run.length === 1 ? String(first.index) : `${first.index}:${last.index + 1}`;
  const place = first.along === 'last' ? `[..., ${index}]` : `[:, ${index}]`;
  const sqnrDb = Math.max(...run.map((part) => part.sqnrDb));
  return `${place} is ${reach(run.map(({ float }) => float))} in float and ${reach(run.map(({ quantized }) => quantized))} in ${scheme} (${run.length === 1 ? '' : 'at most '}${sqnrDb.toFixed(1)} dB)`;
}

function reach(reaches: readonly (readonly [number, number])[]): string {
  const [least, greatest] = [Math.min(...reaches.map(([low]) => low)), Math.max(...reaches.map(([, high]) => high))];
  return least === greatest ? short(least) : `${short(least)} to ${short(greatest)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
