type Listener = (error: unknown) => void;

const listening = new Set<Listener>();

/**
 * Keeps errors that nobody waits for (of an emitter without listener, of a forgotten promise) from ending
 * the process: an error in one call must not cost what is known of all registries. Whose call it was is
 * not told: node could follow that, at a tenth of the processor time of every scan. Out: lets go.
 */
export function catchStrayErrors(listener: Listener): () => void {
  if (listening.size === 0 && !process.hasUncaughtExceptionCaptureCallback())
    process.setUncaughtExceptionCaptureCallback(tell);
  listening.add(listener);
  return () => {
    listening.delete(listener);
    if (listening.size === 0) process.setUncaughtExceptionCaptureCallback(null);
  };
}

function tell(error: unknown): void {
  for (const listener of listening) listener(error);
}
