// A model as deploy.config.json holds it, under its name.
import { basename } from 'node:path';
import { acceptableName } from '@wherry/pipeline/project';

export interface ModelWords {
  readonly model: string;
  readonly calibration?: string | undefined;
  readonly evaluation?: string | undefined;
  readonly devices?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

export function modelEntry(words: ModelWords): readonly [name: string, entry: object] {
  const {
    model,
    calibration,
    evaluation,
    devices,
    name = acceptableName(basename(model).replace(/\.[^.]*$/, '')),
  } = words;
  return [
    name,
    {
      model,
      ...(calibration === undefined ? {} : { calibration }),
      ...(evaluation === undefined ? {} : { evaluation }),
      ...(devices === undefined ? {} : { profiles: devices }),
    },
  ];
}
