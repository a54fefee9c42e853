import { createRequire, Module } from 'node:module';

const fetched = (): never => {
  throw new Error('no context is ever fetched');
};

/**
 * From here on the JSON-LD library of this thread has no HTTP client: it would bring one for a loader of documents that nothing
 * here uses. Contexts come from `createContextLoader` alone, and without a hundred modules of `undici` there is no way around
 * it; a thread is 3 MiB smaller and begins the sooner. To be called before the library is loaded; later it changes nothing.
 */
export function withoutHttpClient(): void {
  const ofLibrary = createRequire(createRequire(import.meta.url).resolve('jsonld'));
  const name = ofLibrary.resolve('@digitalbazaar/http-client');
  if (ofLibrary.cache[name]) return;
  const client = new Module(name);
  Object.assign(client, { filename: name, loaded: true, exports: { httpClient: { get: fetched } } });
  ofLibrary.cache[name] = client;
}
