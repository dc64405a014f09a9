// The agent around a model as a whole project of somebody else's kit: its sources where the kit looks for them, and its build files.
import { agentProgram, type AgentModel } from './agent-program.js';
import { sourceFolders, type AgentKit } from './agent-kits.js';
import { projectFiles } from './project-files.js';

export interface AgentProject {
  readonly files: ReadonlyMap<string, string>;
  /** Where the model's own files belong, a path inside of the project. */
  readonly modelFolder: string;
}

export function agentProject(model: AgentModel, kit: AgentKit): AgentProject {
  const modelFolder = sourceFolders[kit];
  const sources = [...agentProgram(model, kit).files].map(([path, text]) => [`${modelFolder}/${path}`, text] as const);
  const hooks = model.names.macro('HOOKS').text;
  const builds = Object.entries(projectFiles)
    .filter(([path]) => path.startsWith(`${kit}/`))
    .map(([path, text]) => [path.slice(kit.length + 1), text.replaceAll('@HOOKS@', hooks)] as const);
  return { files: new Map([...sources, ...builds]), modelFolder };
}
