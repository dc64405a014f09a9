// A small model deployed into a layout, as the command would write it.
import { attempt, deployHost, noProgress, readProfileFolder, type DeployRequest } from '@wherry/pipeline';
import { smallModel } from '../../packages/pipeline/src/testing/small-model.js';

const library = await readProfileFolder();

export interface LibraryFiles {
  /** The name of its folder. */
  readonly folder: string;
  /** By path in that folder. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** What stands beside the folder. */
  readonly beside: ReadonlyMap<string, string | Uint8Array>;
}

/** Throws what the deployment is refused for. */
export async function deployedLayout(
  changes: Partial<Omit<DeployRequest, 'model' | 'calibration'>> & Pick<DeployRequest, 'layout' | 'profile'>,
  profiles = library,
): Promise<LibraryFiles> {
  const model = smallModel(changes);
  try {
    const { deployment, refused } = await attempt(model.request, profiles, deployHost('reference'), noProgress);
    if (deployment === undefined) throw refused.refusal;
    return libraryOf(deployment.files, changes.layout!);
  } finally {
    model.remove();
  }
}

function libraryOf(output: ReadonlyMap<string, string | Uint8Array | Iterable<string>>, layout: string): LibraryFiles {
  const whole = [...output].flatMap(([path, content]) => {
    const isWhole = typeof content === 'string' || content instanceof Uint8Array;
    return path.startsWith(`${layout}/`)
      ? [[path.slice(layout.length + 1), isWhole ? content : [...content].join('')] as const]
      : [];
  });
  const folder = /^[^/]+(?=\/)/.exec(whole[0]![0])![0];
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
