import type { ConnectionPool, Connections } from './request-handler.ts';

const ofScans = new WeakMap<AbortSignal, Map<string, Connections[]>>();

/** More than registries are read at once need not be kept. */
const mostKept = 64;

/**
 * The connections that a scan keeps for a place, such as a region: all accounts of an organisation have the same hosts
 * there. They end with the scan.
 */
export function connectionPool(scan: AbortSignal, place: string): ConnectionPool {
  const places = placesOf(scan);
  return {
    take: () => (scan.aborted ? undefined : places.get(place)?.pop()),
    leave(connections) {
      const kept = places.get(place) ?? [];
      places.set(place, kept);
      if (scan.aborted || kept.length >= mostKept) connections.destroy();
      else kept.push(connections);
    },
  };
}

function placesOf(scan: AbortSignal): Map<string, Connections[]> {
  const found = ofScans.get(scan);
  if (found !== undefined) return found;
  const places = new Map<string, Connections[]>();
  ofScans.set(scan, places);
  const end = () => {
    for (const kept of places.values()) for (const connections of kept) connections.destroy();
    places.clear();
  };
  scan.addEventListener('abort', end, { once: true });
  return places;
}
