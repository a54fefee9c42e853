import { isObject, type Json, type JsonObject } from '#kernel';

/** Endpoints of the services of one type in a DID document (DID Core, 5.4), in its order, each as it stands there. */
export function endpointsOf(document: JsonObject, type: string): Json[] {
  return [document.service]
    .flat()
    .filter(isObject)
    .filter((service) => [service.type].flat().includes(type))
    .flatMap(({ serviceEndpoint }) => (serviceEndpoint === undefined ? [] : [serviceEndpoint]));
}
