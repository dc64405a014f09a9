// Names of layers that fit into a column.

/** Longer names are cut in the middle; report.json has them whole. */
const greatestName = 28;

export function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= greatestName) return name;
  const half = (greatestName - 3) >> 1;
  return `${characters.slice(0, greatestName - 3 - half).join('')}...${characters.slice(-half).join('')}`;
}
