// A folder of pictures or recordings; the class is the subfolder, or a column of index.csv.
import { join } from 'node:path';
import { counted, diagnose, type Diagnostic } from '@wherry/graph';
import { statusOf } from '../bytes/file-access.js';
import { dataDiagnostics } from '../diagnostics.js';
import { ignoredWarning } from '../ignored-warning.js';
import { numberLabels, readTable } from '../label-table.js';
import { loadMedia, waveOptions } from '../media/media-file.js';
import { RecordingScale } from '../media/recording-scale.js';
import { refuse } from '../refuse.js';
import { folderClasses } from '../folder-classes.js';
import { listMedia, type FolderListing } from '../folder-listing.js';
import type { DataFormat, OpenContext } from './format.js';

interface Labelled {
  readonly labels?: readonly (number | undefined)[];
  readonly names?: readonly string[];
  readonly files?: readonly string[];
  readonly indexFile?: string;
  readonly warnings: readonly Diagnostic[];
}

export const folder: DataFormat = {
  name: 'folder',
  summary: 'folder of PNG, JPEG, BMP or WAV files, class = subfolder, or a column of index.csv',
  example: 'folder:pictures?labelColumn=class',
  options: ['labelColumn', ...waveOptions],
  match: ({ isFolder }) => (isFolder ? 'content' : undefined),
  open: async (context) => {
    const { path, options, expectations } = context;
    const listing = await listMedia(path);
    if (listing.files.length === 0) refuseEmpty(path, listing);
    refuseWaveOptions(options, listing);
    const labelled = await labelFiles(context, listing);
    const files = labelled.files ?? listing.files;
    const scale = new RecordingScale(options);
    return {
      count: files.length,
      files: labelled.indexFile === undefined ? [] : [labelled.indexFile],
      ownFiles: true,
      ...(labelled.names && { labels: labelled.names }),
      warnings: [...labelled.warnings, ...ignoredWarning(path, listing.ignored)],
      records: async function* () {
        for (const [i, file] of files.entries()) {
          const full = join(path, file);
          yield {
            id: file,
            label: labelled.labels?.[i],
            file: full,
            load: () => loadMedia(full, options, expectations[0], scale),
          };
        }
      },
    };
  },
};

/** What lies there instead often can be given itself. */
function refuseEmpty(path: string, { ignored }: FolderListing): never {
  const data = ignored.filter((name) => /\.(npy|npz|csv|tsv|bin|raw|dat)$|-ubyte(\.gz)?$/i.test(name));
  const [first] = data;
  const [one] = ignored;
  return refuse('DATA_EMPTY', {
    what: `the folder holds no PNG, JPEG, BMP or WAV file${one === undefined ? '' : `, but ${counted(ignored.length, 'entry', 'entries')} such as ${one}`}`,
    where: path,
    next:
      first === undefined
        ? 'give a folder of such files, or a file of samples'
        : data.length === 1
          ? `give the file itself: ${join(path, first)}`
          : `give one file: ${join(path, first)}, or all joined, with numpy.concatenate for files of many samples and numpy.stack for files of one`,
  });
}

function refuseWaveOptions(options: OpenContext['options'], { files }: FolderListing): void {
  if (files.some((name) => /\.wav$/i.test(name))) {
    // They are asked for with the first recording, which may come after pictures.
    for (const key of waveOptions) options.text(key);
    return;
  }
  const given = waveOptions.find((key) => options.text(key) !== undefined);
  if (given !== undefined) options.unused(given, 'where there is no WAV file');
}

async function labelFiles(context: OpenContext, listing: FolderListing): Promise<Labelled> {
  const { path, options } = context;
  const indexFile = join(path, 'index.csv');
  if ((await statusOf(indexFile))?.isFile()) return labelByIndex(indexFile, options.text('labelColumn'), listing.files);
  if (options.text('labelColumn') !== undefined)
    refuse('DATA_LABELS', {
      what: 'labelColumn is given and there is no index.csv',
      where: path,
      next: 'write one with the columns file and label',
    });
  return folderClasses(path, listing);
}

async function labelByIndex(
  indexFile: string,
  declared: string | undefined,
  files: readonly string[],
): Promise<Labelled> {
  const { header, rows } = await readTable(indexFile);
  const fileColumn = ['file', 'filename', 'path', 'name'].map((name) => header.indexOf(name)).find((at) => at >= 0);
  if (fileColumn === undefined)
    refuse('DATA_LABELS', {
      what: 'index.csv has no column "file"',
      where: indexFile,
      next: 'name the column of file names "file"',
    });
  const labelColumn = header.indexOf(declared ?? 'label');
  if (labelColumn < 0 && declared !== undefined)
    refuse('DATA_LABELS', {
      what: `there is no column "${declared}"`,
      where: indexFile,
      next: `choose from ${header.join(', ')}`,
    });
  const find = fileFinder(indexFile, files);
  const listed = rows.map((row) => find(row[fileColumn] ?? ''));
  if (labelColumn < 0) {
    const details = {
      what: `no column of index.csv is called "label"`,
      where: indexFile,
      next: `to use labels, give ?labelColumn= one of ${header.join(', ')}`,
    };
    return { files: listed, indexFile, warnings: [diagnose(dataDiagnostics.DATA_LABELS_UNUSED, details)] };
  }
  const labelled = numberLabels(
    rows.map((row) => row[labelColumn] ?? ''),
    indexFile,
  );
  return {
    files: listed,
    indexFile,
    labels: labelled.labels,
    ...(labelled.names && { names: labelled.names }),
    warnings: [],
  };
}

/** By path relative to the folder, else by a file name that occurs once. Only listed files can be named: none outside. */
function fileFinder(indexFile: string, files: readonly string[]): (name: string) => string {
  const known = new Set(files);
  const byName = new Map<string, string | undefined>();
  for (const file of files) {
    const base = file.slice(file.lastIndexOf('/') + 1);
    byName.set(base, byName.has(base) ? undefined : file);
  }
  return (name) => {
    const plain = name.replaceAll('\\', '/').replace(/^\.\//, '');
    if (known.has(plain)) return plain;
    if (plain.startsWith('/') || /(^|\/)\.\.(\/|$)|^[A-Za-z]:/.test(plain)) {
      refuse('DATA_OUTSIDE_FOLDER', {
        what: `index.csv names "${name}"`,
        where: indexFile,
        next: 'name files relative to the folder',
      });
    }
    return (
      byName.get(plain) ??
      refuse('DATA_NOT_FOUND', {
        what: `index.csv names "${name}", which is not a readable file here or occurs twice`,
        where: indexFile,
        next: 'correct the name',
      })
    );
  };
}
