export * from './ports.ts';
export { PACE, type Pace } from './retries.ts';
export { LANES } from './round.ts';
export { createSecretOf, type SecretOf } from './secrets.ts';
export { createWebhooks, type WebhookInput, type Webhooks } from './webhooks.ts';
export { createWebhookWorker, type WebhookWorker } from './worker.ts';
