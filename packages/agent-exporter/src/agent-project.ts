// The agent around a model as a whole project of somebody else's kit: its sources where the kit looks for them, and its build files.
import { agentProgram, interpretedProgram, type AgentModel, type InterpretedAgentModel } from './agent-program.js';
import { sourceFolders, type AgentKit } from './agent-kits.js';
import { projectFiles } from './project-files.js';

export interface AgentProject {
  readonly files: ReadonlyMap<string, string>;
  /** Where the model's own files belong, a path inside of the project. */
  readonly modelFolder: string;
}

/** What the build files say of the device beside the model. */
export interface KitDevice {
  /** Of PlatformIO; it has to be there for the kit that is built by it. */
  readonly platformio?: { readonly platform: string; readonly board: string } | undefined;
  /** `PICO_BOARD` of the Pico SDK, for the kit that it is. */
  readonly picoBoard?: string | undefined;
  /** Versions of esp-tflite-micro, for the kit that takes it. */
  readonly interpreter?: string | undefined;
  /** Components that the interpreter needs beside it, each from a version on. */
  readonly needs?: readonly { readonly component: string; readonly from: string }[] | undefined;
}

export function agentProject(model: AgentModel, kit: AgentKit, device: KitDevice): AgentProject {
  const words = { ...wordsOf(device), HOOKS: model.names.macro('HOOKS').text };
  return project(kit, agentProgram(model, kit).files, 'compiled', words);
}

/** With TensorFlow Lite Micro, as the kit's own registry of packages has it. */
export function interpretedProject(model: InterpretedAgentModel, kit: AgentKit, device: KitDevice): AgentProject {
  return project(kit, interpretedProgram(model, kit).files, 'tflite-micro', wordsOf(device));
}

function wordsOf({ platformio, picoBoard, interpreter, needs = [] }: KitDevice): Readonly<Record<string, string>> {
  return {
    ...(platformio !== undefined && { PLATFORM: platformio.platform, BOARD: platformio.board }),
    ...(picoBoard !== undefined && { PICO: picoBoard }),
    ...(interpreter !== undefined && { TFLM: interpreter }),
    NEEDS: needs.map(({ component, from }) => `${component}: ">=${from}"`).join('\n  '),
  };
}

function project(
  kit: AgentKit,
  program: ReadonlyMap<string, string>,
  backend: 'compiled' | 'tflite-micro',
  words: Readonly<Record<string, string>>,
): AgentProject {
  const modelFolder = sourceFolders[kit];
  const sources = [...program].map(([path, text]) => [`${modelFolder}/${path}`, text] as const);
  const folder = `${kit}/${backend}/`;
  const builds = Object.entries(projectFiles)
    .filter(([path]) => path.startsWith(folder))
    .map(([path, text]) => [path.slice(folder.length), filledIn(text, words)] as const);
  return { files: new Map([...sources, ...builds]), modelFolder };
}

function filledIn(text: string, words: Readonly<Record<string, string>>): string {
  // In YAML such a word stands in a comment, as it may come to nothing.
  return text.replaceAll(/(?:# )?@([A-Z]+)@/g, (whole, word: string) => words[word] ?? whole);
}
