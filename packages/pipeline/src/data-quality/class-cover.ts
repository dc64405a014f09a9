// Whether every class is among the calibration samples, and whether scales hang on a class that has few.
import { counted, diagnose, type Diagnostic, type Graph, type TensorId } from '@wherry/graph';
import { classReaches, ratioOf, withZero, type ClassReach, type RangeParts } from '@wherry/quantizer';
import type { ClassOutput } from '../accuracy/class-reader.js';
import { dataQualityDiagnostics } from '../data-quality-diagnostics.js';
import type { PreparedData } from '../prepare.js';
import { layerName } from './layer-name.js';

export interface ClassCover {
  /** What says which class a sample is of. */
  readonly by: 'labels' | 'answers of the float model';
  readonly classes: number;
  /** Of which there are samples. */
  readonly met: number;
  /** Too few samples for so many classes to tell anything by one that is missing. */
  readonly enough: boolean;
  /** Classes without samples, where there are enough to tell: their names or numbers. */
  readonly missing: readonly string[];
  /** Classes with one or two samples where others have twenty. */
  readonly rare: readonly string[];
  /** Classes of few samples without which a scale would be half as large or less. */
  readonly alone: readonly LoneClass[];
}

export interface LoneClass {
  readonly class: string;
  readonly samples: number;
  readonly layer: string;
  /** How many times as wide the range is for this class. */
  readonly ratio: number;
}

/** Where samples are drawn evenly, one class in three thousand is missing by chance then. */
const samplesOfEach = 8;
const leastSamples = 16;
const [rarely, usually] = [2, 20];
/** Of so many samples it is known well enough how far a class reaches. */
const fewOfClass = 16;
/** A bit of eight. Real sets of 100 samples were measured up to 1.4, of 48 up to 1.6. */
const widened = 2;
const shown = 5;

/** `names`: of the classes, where they are known. */
export function classCover(
  { calibration, parts }: Pick<PreparedData, 'calibration' | 'parts'>,
  graph: Graph,
  { classes, labelled }: ClassOutput,
  names: readonly string[] | undefined,
): ClassCover {
  const reaches = classReaches(graph, calibration, parts);
  const nameOf = (own: number): string => names?.[own] ?? `class ${own}`;
  const met = new Map(reaches.map((reach) => [reach.class, reach]));
  const enough = calibration.samples >= Math.max(leastSamples, samplesOfEach * classes);
  const all = Array.from({ length: enough ? classes : 0 }, (_, own) => own);
  const isRare = (own: number): boolean =>
    (met.get(own)?.samples ?? Infinity) <= rarely && calibration.samples >= usually * classes;
  return {
    by: labelled ? 'labels' : 'answers of the float model',
    classes,
    met: met.size,
    enough,
    missing: all.filter((own) => !met.has(own)).map(nameOf),
    rare: all.filter(isRare).map(nameOf),
    alone: reaches
      .filter(isAlone)
      .filter(({ id, ratio }) => ratio / ratioByOne(calibration, parts, id) >= widened)
      .map(({ class: own, samples, id, ratio }) => ({
        class: nameOf(own),
        samples,
        layer: layerName(graph, id),
        ratio: Math.min(ratio, Number.MAX_VALUE),
      })),
  };
}

/** What one sample of it does is told as that. */
function ratioByOne({ statistics }: PreparedData['calibration'], parts: RangeParts, id: TensorId): number {
  const far = parts.farthest(id);
  return far === undefined ? 1 : ratioOf(withZero(statistics.get(id)!), far.range);
}

function isAlone({ samples, ratio }: ClassReach, _: number, all: readonly ClassReach[]): boolean {
  return all.length > 1 && samples < fewOfClass && ratio >= widened;
}

/** Samples of a single class have warnings of their own. `more`: how more are had, where the data has more than were taken. */
export function coverWarnings(
  { by, met, missing, rare, alone, classes }: ClassCover,
  samples: number,
  more?: string,
): readonly Diagnostic[] {
  const orMore = more === undefined ? '' : `; where they are in the data, ${more}`;
  const absent = [...missing, ...rare];
  return [
    ...(met <= 1 || absent.length === 0
      ? []
      : [
          diagnose(dataQualityDiagnostics.CALIBRATION_CLASSES, {
            what: `${few(missing, rare)}, by the ${by}, among ${samples} calibration samples of ${classes} classes: what they do to the network is hardly among the ranges`,
            where: 'the calibration data',
            next: `give samples of ${listed(absent)}${by === 'labels' ? '' : '; where they are there, check that they are preprocessed as in training'}${orMore}`,
          }),
        ]),
    ...alone.map((lone) =>
      diagnose(dataQualityDiagnostics.CALIBRATION_CLASS_ALONE, {
        what: `${lone.class}, of which there ${lone.samples === 1 ? 'is' : 'are'} ${counted(lone.samples, 'sample')}, makes this range ${lone.ratio > 100 ? 'more than 100' : lone.ratio.toFixed(1)} times as wide as all other classes do: how far more of its samples would reach is not known`,
        where: lone.layer,
        next: `give ${fewOfClass} samples of ${lone.class} or more${orMore}`,
      }),
    ),
  ];
}

function few(missing: readonly string[], rare: readonly string[]): string {
  const none = missing.length === 0 ? [] : [`none is of ${listed(missing)}`];
  const hardly = rare.length === 0 ? [] : [`one or two are of ${listed(rare)}`];
  return [...none, ...hardly].join(' and ');
}

function listed(names: readonly string[]): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
