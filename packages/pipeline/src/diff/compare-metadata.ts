// What the files say of where they come from, and the reports beside them.
import {
  memoryPlanName,
  provenanceName,
  readMetadata,
  readMinRuntimeVersion,
  type TfliteModel,
} from '@wherry/tflite-writer';
import type { MetadataRow } from './document.js';
import { plainValue, samePlain, type PlainValue } from './plain-value.js';
import type { Side } from './read-side.js';

type Named = ReadonlyMap<string, PlainValue>;

const minRuntimeVersionName = 'min_runtime_version';
/** Entries that are read rather than held against each other as bytes; the plan is compared with the arena. */
const entriesApart: ReadonlySet<string> = new Set([provenanceName, minRuntimeVersionName, memoryPlanName]);

/** What the reports of two folders are asked for. */
const reportPlaces: readonly string[] = [
  'tool.version',
  'model.file',
  'model.sha256',
  'profile.id',
  'profile.runtime',
  'profile.sha256',
  'calibration.name',
  'calibration.sha256',
  'calibration.samples',
  'calibration.preprocessing',
  'evaluation.name',
  'evaluation.sha256',
  'quantization.scheme',
  'quantization.method',
  'quantization.biasCorrection',
  'quantization.equalizedPairs',
  'quantization.rounding',
  'quantization.weightClipping',
  'quantization.refinedScales',
  'quantization.outputsCorrected',
  'memory.arenaBytes',
  'cost.macs',
];

export function compareMetadata(a: Side, b: Side): readonly MetadataRow[] {
  return [
    ...rows('model', entriesOf(a.model), entriesOf(b.model)),
    ...(a.folder === undefined || b.folder === undefined
      ? []
      : rows('report', reportOf(a.folder.report), reportOf(b.folder.report))),
  ];
}

function rows(from: MetadataRow['from'], a: Named, b: Named): readonly MetadataRow[] {
  return [...new Set([...a.keys(), ...b.keys()])].map((name) => {
    const [own, other] = [a.get(name) ?? null, b.get(name) ?? null];
    return { from, name, a: own, b: other, same: samePlain(own, other) };
  });
}

function entriesOf(model: TfliteModel): Named {
  const others = (model.metadata ?? [])
    .filter(({ name }) => !entriesApart.has(name ?? ''))
    .map(({ name, buffer }) => [`metadata ${name ?? ''}`, plainValue(model.buffers?.[buffer]?.data)] as const);
  return new Map<string, PlainValue>([
    ['schema version', model.version],
    ['description', plainValue(model.description)],
    ['least runtime version', plainValue(readMinRuntimeVersion(model))],
    ...provenanceOf(model),
    ...others,
  ]);
}

/** Field by field; as bytes where it is not what this tool writes. */
function provenanceOf(model: TfliteModel): readonly (readonly [string, PlainValue])[] {
  const bytes = readMetadata(model, provenanceName);
  if (bytes === undefined) return [];
  try {
    const fields: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return Object.entries(fields).map(([name, value]) => [`provenance ${name}`, plainValue(value)] as const);
  } catch {
    // Told as bytes.
  }
  return [['provenance', plainValue(bytes)]];
}

function reportOf(report: Readonly<Record<string, unknown>>): Named {
  const places = reportPlaces.map((place) => [place, plainValue(reportValue(report, place))] as const);
  const accuracy = Array.isArray(report['accuracy']) ? report['accuracy'] : [];
  const figures = accuracy.flatMap((each, i) =>
    ['sqnrDb', 'top1', 'threshold', 'targets'].map(
      (name) => [`accuracy.${i}.${name}`, plainValue(reportValue(each, name))] as const,
    ),
  );
  return new Map([...places, ...figures].filter(([, value]) => value !== null));
}

/** `a.b` of an object in an object; undefined where there is none. */
export function reportValue(report: unknown, place: string): unknown {
  return place
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined,
      report,
    );
}
