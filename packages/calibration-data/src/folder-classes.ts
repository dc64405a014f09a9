// The classes that the subfolders of a data folder stand for, or why they stand for none.
import { join } from 'node:path';
import { diagnose, type Diagnostic } from '@wherry/graph';
import { dataDiagnostics } from './diagnostics.js';
import { limits } from './limits.js';
import { refuse } from './refuse.js';
import type { FolderListing } from './folder-listing.js';

export interface FolderClasses {
  readonly labels?: readonly number[];
  readonly names?: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/** Names of parts of a data set, as people and tools write them. `train` is a class too, but not beside `val` alone. */
const splitName = /^(train|training|val|valid|validation|test|testing|eval|evaluation|dev)([-_ ]?(set|data|images))?$/i;

/** The class is the folder at the top. Refuses folders of a data set's parts. */
export function folderClasses(root: string, { files }: FolderListing): FolderClasses {
  const parts = files.map((file) => file.split('/'));
  const loose = parts.findIndex(({ length }) => length === 1);
  const classes = [...new Set(parts.filter(({ length }) => length > 1).map(([first]) => first!))];
  const nested = parts.some(({ length }) => length > 2);
  if (classes.length > limits.classes)
    refuse('DATA_LABELS', {
      what: `there are ${classes.length} folders, more than there can be classes`,
      where: root,
      next: 'give the folder above those of the classes',
    });
  if (classes.length > 0 && loose < 0 && classes.every((name) => splitName.test(name))) {
    if (nested) refuseParts(root, classes);
    return classes.length < 2
      ? { warnings: [] }
      : {
          warnings: [
            unused(root, `${listed(classes)} are parts of a data set and no classes`, partsNext(root, classes)),
          ],
        };
  }
  if (classes.length === 1 && loose < 0 && nested) {
    const next = `give folder:${join(root, classes[0]!)} to take its subfolders as classes`;
    return { warnings: [unused(root, `all samples lie in the one folder ${classes[0]!}`, next)] };
  }
  if (loose >= 0 && classes.length > 1)
    return {
      warnings: [
        unused(
          root,
          `${files[loose]!} lies beside the folders ${listed(classes)}, so that these are not taken as classes`,
          'move it into one of them, or away',
        ),
      ],
    };
  if (loose >= 0 || classes.length === 0) return { warnings: [] };
  const numberOf = new Map(classes.map((name, i) => [name, i]));
  return { labels: parts.map(([first]) => numberOf.get(first!)!), names: classes, warnings: [] };
}

function refuseParts(root: string, parts: readonly string[]): never {
  return refuse('DATA_SPLIT_FOLDERS', {
    what: `${listed(parts)} ${parts.length === 1 ? 'is a part' : 'are parts'} of a data set and no ${parts.length === 1 ? 'class' : 'classes'}`,
    where: root,
    next: partsNext(root, parts),
  });
}

/** Training data to calibrate with, the most independent part to judge by. */
function partsNext(root: string, parts: readonly string[]): string {
  const find = (pattern: RegExp): string | undefined => parts.find((name) => pattern.test(name));
  const calibration = find(/^train/i) ?? find(/^(val|dev)/i) ?? parts[0]!;
  const evaluation = find(/^(test|eval)/i) ?? find(/^(val|dev)/i);
  const second =
    evaluation === undefined || evaluation === calibration ? '' : ` --evaluation folder:${join(root, evaluation)}`;
  return `give --calibration folder:${join(root, calibration)}${second}`;
}

function unused(where: string, what: string, next: string): Diagnostic {
  return diagnose(dataDiagnostics.DATA_LABELS_UNUSED, { what, where, next });
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(',')},...` : names.join(',');
}
