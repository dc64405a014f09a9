// Flash, RAM and work of a model, beside what the device has.
import { weightLines } from './memory-picture.js';
import { grouped } from './numbers.js';
import type { RefusedReport } from './refused-report.js';
import type { ReportStyle } from './report-text.js';
import type { KnownReport, Report } from './report.js';

/** `peak`: its line, where no picture of the memory has it. */
export function memoryLines(
  report: Report | RefusedReport,
  style: ReportStyle,
  peak: readonly string[] = [],
): string[] {
  const { memory, cost, profile } = report;
  const { flash, ram } = memory;
  const [flashOver, ramOver] = [flash.used > flash.available, ram.used > ram.available];
  const least = !report.ok && report.foreseen !== null ? ', at least' : '';
  const share = ({ used, available }: { readonly used: number; readonly available: number }): string =>
    `${grouped(used).padStart(9)} of ${grouped(Math.max(0, available))} bytes (${available <= 0 ? 'none' : `${((100 * used) / available).toFixed(1)} %`})`;
  const plan = memory.carriedPlan ? '; the model carries the smaller plan' : '';
  return [
    `flash        ${share(flash)}: ${flashWords(memory.compiled)}${least}`,
    ...(flashOver ? weightLines(report) : []),
    `RAM          ${share(ram)}: ${memory.compiled === null ? arenaWords(profile) : 'all that a run works in, but the stack'}${least}${memory.compiled === null || memory.compiled.withoutOverlaps > memory.compiled.arena ? ';' : ''}`,
    ...arenaLines(memory, plan),
    ...constantsLines(memory),
    ...(memory.arenaFromHeap
      ? [
          memory.compiled === null
            ? '             too large for a static array here: take it from the heap, as model_settings.h shows'
            : '             too large for a static array here: hand model.c memory of the heap, as model_settings.h shows',
        ]
      : []),
    ...peak,
    `work         ${grouped(cost.macs).padStart(9)} multiply-accumulates an inference`,
    flashOver || ramOver
      ? `fits         ${style.warning('no')}: ${tooMuch(report.memory, least)}`
      : `fits         ${style.good('yes')}, with what ${profile.id} has left for a model`,
  ];
}

/** What the arena comes of. */
function arenaLines({ estimate, compiled }: KnownReport['memory'], plan: string): string[] {
  const line = (bytes: number, words: string): string => `             ${grouped(bytes).padStart(9)} ${words}`;
  if (compiled === null) {
    const least = Math.max(estimate.usedBytes, estimate.leastArenaBytes);
    const parts = `${grouped(estimate.usedBytes)} in use, ${grouped(estimate.activationBytes)} activations`;
    return [line(least, `the least that allocates, ${parts}${plan}`)];
  }
  if (compiled.withoutOverlaps <= compiled.arena) return [];
  const why = `by ${compiled.peakLayer}, if outputs did not overwrite inputs as they are read`;
  return [line(compiled.withoutOverlaps, `it would be, ${why}`)];
}

function flashWords(compiled: KnownReport['memory']['compiled']): string {
  if (compiled === null) return 'the model';
  return `its constants; the code ${compiled.callsMath ? 'and functions of math.h come' : 'comes'} on top`;
}

/** What no code reads where it stands. */
function constantsLines({ constantsInRam, compiled }: KnownReport['memory']): string[] {
  if (constantsInRam === undefined) return [];
  const what = compiled === null ? 'the model, which lies' : 'its constants, which lie';
  return [`             ${grouped(constantsInRam).padStart(9)} more: ${what} there as well, counted off what there is`];
}

/** What no firmware reserves is no arena. */
function arenaWords({ layout, arenaMarginPercent }: KnownReport['profile']): string {
  if (layout === 'file') return 'what tensors take at once, by an estimate';
  return arenaMarginPercent === 0 ? 'the arena' : 'the arena with the margin of the profile';
}

function tooMuch({ flash, ram }: KnownReport['memory'], least: string): string {
  const over = ({ used, available }: { readonly used: number; readonly available: number }, what: string): string[] =>
    used > available ? [`${grouped(used - available)} bytes of ${what} too many`] : [];
  return [...over(flash, 'flash'), ...over(ram, 'RAM')].join(', ') + least;
}
