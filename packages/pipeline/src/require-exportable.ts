// Checks, before the long work, what the request says about the exported files.
import { modelNames, requireOwnHeader } from '@wherry/c-source';
import { requireLayout } from '@wherry/firmware-layouts';
import { counted, tensorAt, WherryError, type Graph } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import type { ProfileLibrary, Target } from '@wherry/profiles';
import { classCount, natureOf, type OutputTasks } from './accuracy/output-task.js';
import type { DeployRequest } from './deployment.js';
import { firmwareNames } from './export-files.js';
import { pipelineDiagnostics } from './diagnostics.js';

/** What nobody has to read a model for. Throws EXPORT_NAME, EXPORT_SYMBOL, LAYOUT_WHERE and SETTING_UNUSED. */
export function requireExportable(request: DeployRequest, target: Target): void {
  requireNames(request, target);
  requireArray(request, target);
  requireLayoutFor(request, target);
  requireLicensed(request, target);
}

/** Those of the targets for which the files of the request could be made. */
export function exportableLibrary(library: ProfileLibrary, request: DeployRequest): ProfileLibrary {
  const targets = [...library.targets].filter(([, target]) => isExportable(request, target));
  return { ...library, targets: new Map(targets) };
}

function isExportable(request: DeployRequest, target: Target): boolean {
  try {
    requireExportable(request, target);
    return true;
  } catch (error) {
    if (error instanceof WherryError) return false;
    throw error;
  }
}

function requireNames(request: DeployRequest, { profile }: Target): void {
  const called = firmwareNames(request);
  modelNames(called);
  if (profile.runtime.name === compiledRuntime) requireOwnHeader(called.name);
}

/** Where there is no array, it is refused. */
function requireArray({ arrayFormat }: DeployRequest, { profile }: Target): void {
  if (arrayFormat === undefined) return;
  const { layout } = profile.export;
  if (layout === 'firmware' && profile.runtime.name !== compiledRuntime) return;
  const why = layout === 'firmware' ? 'a model that becomes C is none' : `${profile.id} takes the .tflite`;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `the array is wanted as ${arrayFormat}, and ${why}`,
    next: 'leave --array-format away',
  });
}

/** Where no file says it, it is refused. */
function requireLicensed({ license }: DeployRequest, { profile }: Target): void {
  if (license === undefined || profile.export.layout === 'firmware') return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `a licence is given, and ${profile.id} takes the .tflite, in which no licence is written`,
    next: 'leave --license away, and say it where the file is passed on',
  });
}

function requireLayoutFor({ layout, arrayFormat }: DeployRequest, { profile }: Target): void {
  if (layout === undefined) return;
  const { id: profileId, chip } = profile;
  requireLayout(layout, {
    profileId,
    chip,
    isFirmware: profile.export.layout === 'firmware',
    isCompiled: profile.runtime.name === compiledRuntime,
    isAssembled: (arrayFormat ?? profile.export.arrayFormat) === 'incbin',
  });
}

/** Throws LABELS_COUNT. */
export function requireLabels({ labels }: DeployRequest, graph: Graph): void {
  if (labels === undefined) return;
  const { name, shape } = tensorAt(graph, graph.outputs[0]!);
  const nature = natureOf(graph, graph.outputs[0]!);
  const classes = classCount(nature);
  // One value may have a name of its own, or names for no and yes.
  if (labels.length === classes || (nature.elements === 1 && labels.length <= 2)) return;
  throw new WherryError(pipelineDiagnostics.LABELS_COUNT, {
    what: `${counted(labels.length, 'label is', 'labels are')} given for ${counted(classes, 'class', 'classes')}`,
    where: `output ${name} [${shape.join(', ')}]`,
    next: `give ${counted(classes, 'name', 'names')} with --labels, separated by commas`,
  });
}

/** Throws SETTING_UNUSED for class names of an output that the data shows to be no classes. */
export function requireClassesForNames({ labels }: DeployRequest, { tasks: [first] }: OutputTasks, graph: Graph): void {
  if (labels === undefined || first?.kind !== 'values' || !first.targets) return;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: 'class names are given with --labels, and the data gives values that the model should reach: nothing is classified',
    where: `output ${tensorAt(graph, graph.outputs[0]!).name}`,
    next: 'leave --labels away; if the model does tell classes apart, give data labelled with their numbers or names',
  });
}
