// What is known of a project before anything runs, for programs that only ask for it: it loads without engines.
export { acceptableName } from '@wherry/c-source';
export { passingFolder } from '@wherry/emulated-boards';
export { parseProject, readProject, type Project, type ProjectModel } from './config/project.js';
export { checkProfileFile, type ProfileCheck } from './inputs/profile-check.js';
export { boardFor } from './measure/counting-boards.js';
export { baselineName, baselinePlace } from './regression/baseline-folder.js';
export { everything, pairsOf, type PairToTest } from './regression/pairs.js';
export { profileFiles } from './run-inputs/profile-files.js';
export { runInputs } from './run-inputs/run-inputs.js';
