export { addContext } from './added-contexts.ts';
export { type App, assemble, type Overrides } from './assemble.ts';
export { type Config, ConfigError, readConfig } from './config.ts';
export { addToDidArchive } from './did-archive.ts';
export { readEnv } from './env.ts';
export { readPublished } from './published.ts';
export { openRecheck } from './recheck.ts';
export { readSecrets, type Secrets } from './secrets.ts';
export { startSigner } from './signer.ts';
