/** What is wrong with the settings, all of it at once; whoever starts the service reads nothing else. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`the service cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}
