// What people call their models, as names of files and as `--name`: most cannot be names in C, and the command advises another.

/** With what it advises instead; itself where it can be one. */
export const awkwardNames = {
  '2nd model-v1.0': 'model_2nd_model_v1_0',
  // A keyword.
  int: 'model_int',
  // No library of Arduino may have it.
  Arduino: 'arduino',
  // The longest that there is.
  'Überwachung "$(Pumpe)" %s \\ ${1} und allem': 'berwachung_pumpe_s_1_und_allem',
  // The layouts' own word.
  smoke: 'smoke',
} as const;

export type AwkwardName = keyof typeof awkwardNames;
export const awkward = Object.keys(awkwardNames) as AwkwardName[];
