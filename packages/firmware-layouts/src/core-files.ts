// The C files of the model in a library: the same bytes in every layout, in one folder, since sources include their headers by name.
import type { LayoutContent, LayoutFiles, LayoutModel } from './layout-model.js';

export interface CoreFiles {
  readonly files: LayoutFiles;
  /** Paths of those to be compiled. */
  readonly sources: readonly string[];
  /** The folder that `#include "NAME/NAME_settings.h"` starts from, and the one in which the assembler finds the model. */
  readonly includeRoot: string;
  readonly folder: string;
}

const sourceEnding = /\.(?:c|cc|S)$/;

/** `renamed`: what a source is called where the layout wants another ending. */
export function coreFiles({ name, files }: LayoutModel, renamed = (file: string): string => file): CoreFiles {
  const includeRoot = 'src';
  const folder = `${includeRoot}/${name}`;
  const placed = [...files].map(([file, content]): readonly [string, LayoutContent] => [
    `${folder}/${renamed(file)}`,
    content,
  ]);
  const sources = [...files.keys()]
    .filter((file) => sourceEnding.test(file))
    .map((file) => `${folder}/${renamed(file)}`);
  return { files: new Map(placed), sources, includeRoot, folder };
}

/** The assembler copies the model from its file. */
export function isAssembled({ files }: Pick<LayoutModel, 'files'>): boolean {
  return [...files.keys()].some((file) => file.endsWith('.S'));
}
