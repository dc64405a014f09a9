// A small model deployed into a layout, as the command would write it.
import { attempt, deployHost, noProgress, readProfileFolder, type DeployRequest } from '@wherry/pipeline';
import { smallModel } from '../../packages/pipeline/src/testing/small-model.js';
import { libraryOf, type LibraryFiles } from './library-files.js';

const library = await readProfileFolder();

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
