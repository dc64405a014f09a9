// The public face of this package: what Nx asks a plugin for.
import type { CreateNodes } from '@nx/devkit';
import { inferProjects } from './infer-projects.js';
import { parseOptions } from './plugin-options.js';

export type { PluginOptions } from './plugin-options.js';

export const createNodes: CreateNodes = [
  '**/deploy.config.json',
  (files, options, context) => inferProjects(files, parseOptions(options), context),
];

/** What Nx 22 asks for. */
export const createNodesV2 = createNodes;
