// All projects in one jest run, for `npm run jest -- PATH`; `npm test` goes through Nx, project by project.
export default {
  projects: [
    '<rootDir>/packages/*',
    '<rootDir>/apps/*',
    '<rootDir>/tools/testing',
    '<rootDir>/tools/house-rules',
    '<rootDir>/tools/ci',
    '<rootDir>/tools/faults',
  ],
};
