import type { Answer } from '../../src/protocol/review.ts';

/** Longest wait for an answer. The first one may have to open the store. */
const patienceMs = 15_000;

/**
 * Every question ends: what the far side does not answer, or fails at, is a refusal like any other.
 * @param limitMs null where a person is asked, who may take any time.
 */
export async function answered<T>(
  asked: Promise<Answer<T>>,
  limitMs: number | null = patienceMs,
): Promise<Answer<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Answer<T>>((resolve) => {
    if (limitMs === null) return;
    const message = `The store did not answer within ${limitMs / 1000} s.`;
    timer = setTimeout(() => resolve(unavailable(message)), limitMs);
  });
  try {
    return await Promise.race([asked, late]);
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

const unavailable = (message: string): Answer<never> => ({
  ok: false,
  refusal: { code: 'unavailable', message, next: 'Try again; the log says more.' },
});
