import { signal } from '@preact/signals';
import { post, ServerFault } from '../server/api';
import { announcement } from '../server/jobs';

/** s in which a removal can be taken back */
export const SECONDS = 8;

/** Calculations that are about to be removed: nothing is lost until the time is over. */
export const leaving = signal<readonly number[]>([]);
/** What went wrong with the last removal. */
export const removalFault = signal('');

let timer: number | undefined;

/** Removes calculations in a while. Those of an earlier call that still wait go at once. */
export function removeSoon(ids: readonly number[]): void {
  void removeNow();
  removalFault.value = '';
  leaving.value = ids;
  timer = window.setTimeout(() => void removeNow(), SECONDS * 1000);
}

/** Takes a removal back. */
export function keep(): void {
  clearTimeout(timer);
  leaving.value = [];
}

async function removeNow(): Promise<void> {
  clearTimeout(timer);
  const ids = leaving.value;
  for (const id of ids)
    await post(`/v1/calc/${id}/remove`).catch((error: unknown) => {
      removalFault.value = error instanceof ServerFault ? error.message : String(error);
    });
  leaving.value = leaving.value.filter((id) => !ids.includes(id));
  if (ids.length > 0) announcement.value = 'Removed.';
}
