// What becomes of the small model on a profile of one's own that extends another one and says one thing otherwise.
import { fileText } from './file-text.js';
import { WherryError } from '@wherry/graph';
import { loadProfiles } from '@wherry/profiles';
import { attempt } from '../deploy.js';
import type { Deployment, DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { noProgress } from '../progress.js';
import { reportText } from '../report/report-text.js';
import { reportOf } from '../report/report.js';

type Json = { [key: string]: unknown };

/** What was made, or why nothing was. */
export interface Outcome {
  readonly made?: Deployment;
  readonly settings: string;
  readonly data: string;
  readonly report: string;
  readonly refusal: string;
}

export interface Change {
  readonly extends?: string;
  /** What else the profile says. */
  readonly and?: Json;
  /** What the run is asked for otherwise. */
  readonly request?: Partial<DeployRequest>;
}

/** Its document, which holds its id. */
export function profileOfOwn(pointer: string, value: unknown, { extends: base = 'esp32', and = {} }: Change): Json {
  const document: Json = { extends: base, id: 'own', name: 'Own', chip: 'a chip', ...structuredClone(and) };
  set(document, pointer, value);
  return document;
}

export async function outcomeOn(
  document: Json,
  texts: ReadonlyMap<string, string>,
  request: DeployRequest,
): Promise<Outcome> {
  const id = String(document['id']);
  const nothing = { settings: '', data: '', report: '' };
  try {
    const library = loadProfiles(new Map([...texts, [`${id}.json`, JSON.stringify(document)]]));
    const { deployment, refused } = await attempt(
      { ...request, profile: id },
      library,
      deployHost('reference'),
      noProgress,
    );
    if (refused !== undefined)
      return { ...nothing, refusal: refused.refusal.message, report: reportText(refused.report) };
    const file = (name: string): string => fileText(deployment.files, name);
    return {
      made: deployment,
      settings: withoutHashes(file('model_settings.h')),
      data: withoutHashes(file('model_data.h') + file('model_data.cc') + file('model_data.S')).slice(0, 2000),
      report: withoutHashes(reportText(reportOf(deployment, new Map()))),
      refusal: '',
    };
  } catch (error) {
    if (error instanceof WherryError) return { ...nothing, refusal: error.message };
    throw error;
  }
}

function withoutHashes(text: string): string {
  return text.replace(/[0-9a-f]{64}/g, '').replaceAll('own', '');
}

/** `/schemes/0/scheme` into lists and objects, which are made where they are missing. */
function set(document: Json, pointer: string, value: unknown): void {
  const keys = pointer.split('/').slice(1);
  let at: Json = document;
  keys.slice(0, -1).forEach((key, depth) => {
    at[key] ??= /^\d+$/.test(keys[depth + 1]!) ? [] : {};
    at = at[key] as Json;
  });
  at[keys.at(-1)!] = value;
}
