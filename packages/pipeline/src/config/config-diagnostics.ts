// The refusals of deploy.config.json.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const configDiagnostics = defineDiagnostics({
  CONFIG_MISSING: {
    exitCode: exitCodes.usage,
    title: 'There is no description of a project',
    explanation:
      '`deploy test` runs every model of a project on every profile that it goes to. Both are read from deploy.config.json in the ' +
      'current folder, or from the file that --config names: "models" holds the settings of each model by its name, and its ' +
      '"profiles".',
  },
  CONFIG_INVALID: {
    exitCode: exitCodes.usage,
    title: 'The configuration file holds a setting that there is not, or that has an impossible value',
    explanation:
      'The file (deploy.config.json, or the one that --config names) holds one object with the long options of `deploy --help` ' +
      'in camel case, and "preprocessing" as an object. --engine, --dump, --json and --quiet are of one run and have no place in ' +
      'it. Unknown keys are refused, so that a typing error cannot be ignored.',
  },
  CONFIG_JSON: {
    exitCode: exitCodes.usage,
    title: 'The configuration file is not acceptable JSON',
    explanation:
      'It is plain JSON in UTF-8: no comments, no comma before a closing bracket, double quotes, no repeated keys, no key like ' +
      '__proto__. A repeated key is refused because the second one would silently win.',
  },
  CONFIG_UNREADABLE: {
    exitCode: exitCodes.usage,
    title: 'The configuration file cannot be read',
    explanation:
      'The path given with --config does not lead to a file; or deploy.config.json, which is read wherever it stands in the ' +
      'current folder, is no file.',
  },
  CONFIG_DENIED: {
    exitCode: exitCodes.environment,
    title: 'The configuration file is there, and the system does not let it be read',
    explanation:
      'Permissions of the file or of a folder above it, or a disk that answers with an error. It is not passed over, because ' +
      'the run would do something else than the file says.',
  },
});
