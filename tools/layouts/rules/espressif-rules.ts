// What Espressif's component manager asks of a manifest. Gives what is wrong.
import { parse } from 'yaml';

const known = new Set([
  'name',
  'version',
  'targets',
  'dependencies',
  'files',
  'maintainers',
  'description',
  'tags',
  'examples',
  'license',
  'url',
  'repository',
  'documentation',
  'issues',
  'discussion',
]);
const targets = new Set([
  'esp32',
  'esp32s2',
  'esp32c3',
  'esp32s3',
  'esp32c2',
  'esp32c5',
  'esp32c6',
  'esp32h2',
  'esp32p4',
]);
const ofDependency = new Set([
  'version',
  'public',
  'path',
  'git',
  'registry_url',
  'rules',
  'matches',
  'override_path',
  'require',
  'pre_release',
]);
const slug =
  /^(?:[A-Za-z\d](?:[_-](?![_-])|[A-Za-z\d])*[A-Za-z\d]\/)?[A-Za-z\d](?:[_-](?![_-])|[A-Za-z\d])*[A-Za-z\d]$/;
const versions = /^(?:\*|[~^]?\d+(?:\.\d+)*|(?:[<>]=?|==|!=)\d+(?:\.\d+)*(?:,(?:[<>]=?|==|!=)\d+(?:\.\d+)*)*)$/;

type Values = Readonly<Record<string, unknown>>;

/** `isComponent`: it has a version of its own. */
export function componentFaults(text: string, isComponent: boolean): readonly string[] {
  const manifest = parse(text) as Values;
  const { version, targets: given = [], description = '', dependencies = {} } = manifest;
  return [
    ...Object.keys(manifest).flatMap((key) => (known.has(key) ? [] : [`unknown ${key}`])),
    ...(!isComponent || (typeof version === 'string' && /^\d+\.\d+\.\d+$/.test(version)) ? [] : ['the version']),
    ...(Array.isArray(given) && given.every((each) => targets.has(each as string)) ? [] : ['the targets']),
    ...(typeof description === 'string' ? [] : ['the description']),
    ...Object.entries(dependencies as Values).flatMap(([name, wanted]) => dependencyFaults(name, wanted)),
  ];
}

function dependencyFaults(name: string, wanted: unknown): readonly string[] {
  const fields: Values = typeof wanted === 'string' ? { version: wanted } : (wanted as Values);
  const { version = '*' } = fields;
  return [
    ...(slug.test(name) && name.length <= 64 ? [] : [`the name ${name}`]),
    ...Object.keys(fields).flatMap((key) => (ofDependency.has(key) ? [] : [`unknown ${key} of ${name}`])),
    ...(typeof version === 'string' && versions.test(version) ? [] : [`the version of ${name}`]),
  ];
}
