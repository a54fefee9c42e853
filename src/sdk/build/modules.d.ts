/** Made by the build from openapi.yaml. */
declare module 'tatak:operations' {
  const operations: import('../client/operation.ts').Operations;
  export default operations;
}
