// The library of a layout as its files, from what a run wrote.

export interface LibraryFiles {
  /** The name of its folder. */
  readonly folder: string;
  /** By path in that folder. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** What stands beside the folder. */
  readonly beside: ReadonlyMap<string, string | Uint8Array>;
}

export function libraryOf(
  output: ReadonlyMap<string, string | Uint8Array | Iterable<string>>,
  layout: string,
): LibraryFiles {
  const whole = [...output].flatMap(([path, content]) => {
    const isWhole = typeof content === 'string' || content instanceof Uint8Array;
    return path.startsWith(`${layout}/`)
      ? [[path.slice(layout.length + 1), isWhole ? content : [...content].join('')] as const]
      : [];
  });
  const folder = whole.map(([path]) => /^[^/]+(?=\/)/.exec(path)?.[0]).find((each) => each !== undefined)!;
  const inside = whole.filter(([path]) => path.startsWith(`${folder}/`));
  return {
    folder,
    files: new Map(inside.map(([path, content]) => [path.slice(folder.length + 1), content])),
    beside: new Map(whole.filter(([path]) => !path.startsWith(`${folder}/`))),
  };
}

/** A text of the library. Throws where there is none of that path. */
export function textOf({ files }: Pick<LibraryFiles, 'files'>, path: string): string {
  const text = files.get(path);
  if (typeof text !== 'string') throw new RangeError(`there is no text ${path} among ${[...files.keys()].join(', ')}`);
  return text;
}
