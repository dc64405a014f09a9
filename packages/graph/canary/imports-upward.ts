// A canary: the language imports an assembly and a Node built-in and uses a Node global. Lint must report all, or the boundaries are not checked.
import { readFileSync } from 'node:fs';
import { deploy } from '@wherry/pipeline';

export const canary = [readFileSync, deploy, Buffer];
