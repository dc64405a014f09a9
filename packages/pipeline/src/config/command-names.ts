// Words that the command line takes for itself: a model of a project is called by its name there.

export const commandNames: readonly string[] = [
  'plan',
  'train',
  'inspect',
  'diff',
  'evaluate',
  'measure',
  'agent',
  'test',
  'lab',
  'explain-accuracy',
  'profiles',
  'explain',
  'doctor',
  'completion',
  'help',
];
