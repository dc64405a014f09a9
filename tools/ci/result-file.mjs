// Where jest's counts of a project's tests lie; nx.json declares the folder as an output, so that cached runs count too.
import { join } from 'node:path';

export const resultsFolder = (root) => join(root, 'build', 'test-results');

export const resultFile = (root, folder) => join(resultsFolder(root), folder, 'results.json');
